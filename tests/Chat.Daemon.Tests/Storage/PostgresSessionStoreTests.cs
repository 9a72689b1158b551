namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class PostgresSessionStoreTests : SessionStoreTests
{
    private protected override Task<TestDatabase> NewDatabaseAsync() => TestDatabase.OnServerAsync();
}
