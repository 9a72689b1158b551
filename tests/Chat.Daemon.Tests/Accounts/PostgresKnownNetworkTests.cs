using Chat.Daemon.Tests.Storage;

namespace Chat.Daemon.Tests.Accounts;

[TestClass]
public sealed class PostgresKnownNetworkTests : KnownNetworkTests
{
    private protected override Task<TestDatabase> NewDatabaseAsync() => TestDatabase.OnServerAsync();
}
