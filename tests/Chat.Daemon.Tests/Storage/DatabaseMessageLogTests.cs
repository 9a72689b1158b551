using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Tests.Storage;

/// <summary>What the message log in a database promises, too.</summary>
public abstract class DatabaseMessageLogTests : MessageLogTests, IAsyncDisposable
{
    private TestDatabase? database;

    private protected override IMessageLog Log => Database.Log;

    private protected override TestDatabase Database => database ?? throw new InvalidOperationException("not opened yet");

    private protected abstract Task<TestDatabase> NewDatabaseAsync();

    [TestInitialize]
    public async Task OpenAsync() => database = await NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override async Task PruneThrough15Async(ConversationId conversation)
    {
        await PruneAsync(conversation, through: 15);
        // Pruned messages are deleted later; these five are still there.
        await Database.ExecuteAsync($"DELETE FROM messages WHERE seq <= 10 AND conversation = {conversation.Value}");
    }

    [TestMethod]
    public async Task EverythingIsThereAfterReopening()
    {
        await Log.AppendAsync(One, Messages(1, 20));
        await PruneAsync(One, through: 5);
        await Database.ReopenAsync();
        Assert.AreEqual(new LogRange(6, 20), await Log.RangeAsync(One, Stop));
        CollectionAssert.AreEqual(Messages(6, 15), (await Log.ReadAfterAsync(One, 0, 100, Stop)).ToArray());
        Assert.HasCount(20, await Log.RecentIdsAsync(One, 7, 100, Stop));
        await Log.AppendAsync(One, Messages(21, 1));
    }

    [TestMethod]
    public async Task TheReactionsToADeletedMessageGoInSlicesBeforeIt()
    {
        await Log.AppendAsync(One, Messages(1, 2));
        await Database.ExecuteAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
            INSERT INTO reactions(conversation, seq, emoji, identity, name, rev) SELECT {One.Value}, 2, '👍', 'g' || i, 'n' || i, i FROM n
            """);
        await Database.ExecuteAsync(
            $"INSERT INTO reaction_counts(conversation, seq, emoji, count, rev) VALUES ({One.Value}, 2, '👍', 250, 1)");
        await Database.ExecuteAsync("UPDATE messages SET rev = 250 WHERE seq = 2");
        var slices = new List<int>();
        do slices.Add(await Database.Writer.WriteAsync(connection => MessageDeletion.Newest(connection, One, 100)));
        while (slices[^1] > 0);
        CollectionAssert.AreEqual(new[] { 100, 100, 50, 1, 2, 0 }, slices);
        Assert.AreEqual(
            0, await Database.NumberAsync("SELECT (SELECT count(*) FROM reactions) + (SELECT count(*) FROM reaction_counts)"));
    }

    [TestMethod]
    public async Task NumbersContinueAfterEverythingIsPruned()
    {
        Assert.AreEqual(One, await DirectAsync("a1", "a2"));
        await Log.AppendAsync(One, Messages(1, 25));
        await PruneAsync(One, through: 25);
        await Database.ExecuteAsync("DELETE FROM messages");
        await Database.ReopenAsync();
        Assert.AreEqual(new LogRange(26, 25), await Log.RangeAsync(One, Stop));
        Assert.AreEqual(new ConversationTail(One, new(26, 25)), (await Log.LatestDirectsAsync("a1", 10, Stop)).Single());
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Log.AppendAsync(One, Messages(25, 1)));
        await Log.AppendAsync(One, Messages(26, 1));
        Assert.AreEqual(new LogRange(26, 26), await Log.RangeAsync(One, Stop));
    }

    [TestMethod]
    public async Task ClientIdsAreFoundInAllSlicesOfTheIndex()
    {
        await Log.AppendAsync(One, Messages(1, 600));
        for (var seq = 1; seq <= 20_000; seq += 5_000) await Log.AppendAsync(Two, Messages(seq, 5_000, session: 8));
        await Log.AppendAsync(One, Messages(601, 600));
        CollectionAssert.AreEqual(Span(201, 1200), (await Log.RecentIdsAsync(One, 7, 1000, Stop)).Select(id => id.Number).ToArray());
        Assert.HasCount(1200, await Log.RecentIdsAsync(One, 7, 5000, Stop));
        Assert.IsEmpty(await Log.RecentIdsAsync(Two, 7, 1000, Stop));
    }

    [TestMethod]
    public async Task ALaterSessionFindsItsClientIds()
    {
        await Log.AppendAsync(Two, Messages(1, 9_000, session: 99));
        Assert.IsTrue(UserName.TryParse("ana", out var ana));
        var store = new SessionStore(Database.Writer, Database.Readers, TimeProvider.System);
        var session = await store.AddAsync(new byte[32], ana, null, null);
        await Log.AppendAsync(One, Messages(1, 2, session.Id));
        await Log.AppendAsync(Two, Messages(9_001, 9_000, session: 99));
        await Log.AppendAsync(One, Messages(3, 2, session.Id));
        CollectionAssert.AreEqual(Span(1, 4), (await Log.RecentIdsAsync(One, session.Id, 1000, Stop)).Select(id => id.Number).ToArray());
    }

    private async Task PruneAsync(ConversationId conversation, long through)
    {
        await Database.ExecuteAsync($"""
            INSERT INTO conversations(id, kind, created_at, creator, pruned_through)
            VALUES ({conversation.Value}, 'direct', 0, '', {through})
            ON CONFLICT (id) DO UPDATE SET pruned_through = {through}
            """);
    }
}
