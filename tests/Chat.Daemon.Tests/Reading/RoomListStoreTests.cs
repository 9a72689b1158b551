using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.Storage;

namespace Chat.Daemon.Tests.Reading;

/// <summary>What is decided in the write itself, because a check before it would race with an erasure or a ban.</summary>
[TestClass]
public class RoomListStoreTests : StoreTests
{
    private const string Ana = """
        INSERT INTO accounts(id, name, name_key, role, password, created_at) VALUES (7, 'ana', 'ana', 1, '', 0);
        INSERT INTO conversations(id, kind, created_at, creator, name_key, name) VALUES (1, 'room', 0, 'g1', 'geral', 'geral');
        """;

    private RoomListStore Store => new(Database.Writer, Database.Readers, TimeProvider.System);

    [TestMethod]
    public async Task AnErasedAccountGetsNoRow()
    {
        await Database.ExecuteAsync(Ana + "DELETE FROM accounts");
        var store = Store;

        Assert.IsFalse(await store.AddAsync(7, new(1), 0));
        await store.BeginAsync(7, new(1), 0);

        Assert.AreEqual(0, await Database.NumberAsync("SELECT count(*) FROM room_list"));
    }

    [TestMethod]
    [DataRow("'a7', ''", "NULL", false)]
    [DataRow("'a7', ''", "9000000000000", false)]
    [DataRow("'a7', ''", "1", true)]
    [DataRow("'a8', ''", "NULL", true)]
    [DataRow("'', '10.0.0.0/8'", "NULL", true)]
    public async Task ABannedAccountGetsNoRow(string banned, string until, bool isAdded)
    {
        await Database.ExecuteAsync(
            $"{Ana} INSERT INTO bans(subject, network, name, until, reason, by, at) VALUES ({banned}, 'ana', {until}, '', 'max', 0)");

        Assert.AreEqual(isAdded, await Store.AddAsync(7, new(1), 0));

        Assert.AreEqual(isAdded ? 1 : 0, await Database.NumberAsync("SELECT count(*) FROM room_list"));
    }
}
