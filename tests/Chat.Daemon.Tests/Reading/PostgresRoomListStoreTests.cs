using Chat.Daemon.Tests.Storage;

namespace Chat.Daemon.Tests.Reading;

[TestClass]
public sealed class PostgresRoomListStoreTests : RoomListStoreTests
{
    private protected override Task<TestDatabase> NewDatabaseAsync() => TestDatabase.OnServerAsync();
}
