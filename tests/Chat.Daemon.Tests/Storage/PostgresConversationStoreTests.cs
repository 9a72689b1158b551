namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class PostgresConversationStoreTests : ConversationStoreTests
{
    private protected override bool ReadsOnCallersThread => false;

    private protected override Task<TestDatabase> NewDatabaseAsync() => TestDatabase.OnServerAsync();
}
