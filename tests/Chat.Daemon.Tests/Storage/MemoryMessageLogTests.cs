using Chat.Daemon.Storage;
using Chat.Testing;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class MemoryMessageLogTests : MessageLogTests, IAsyncDisposable
{
    private readonly TestDatabase database = new();
    private readonly TestTime clock = new();
    private readonly MemoryMessageLog log;

    public MemoryMessageLogTests() => log = new(keep: 10, clock, database.Readers);

    private protected override IMessageLog Log => log;

    private protected override TestDatabase Database => database;

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    private protected override Task PruneThrough15Async(ConversationId conversation) => Task.CompletedTask; // it keeps ten

    [TestMethod]
    public async Task OnlyTheLastMessagesAreKept()
    {
        for (var seq = 1; seq <= 100; seq++)
        {
            await log.AppendAsync(One, Messages(seq, 1));
            var first = Math.Max(1, seq - 9);
            Assert.AreEqual(new LogRange(first, seq), await log.RangeAsync(One, Stop));
            CollectionAssert.AreEqual(Span(first, seq), Numbers(await log.ReadAfterAsync(One, 0, 100, Stop)));
        }
    }

    [TestMethod]
    public async Task ClientIdsExpireAfterTenMinutes()
    {
        await log.AppendAsync(One, Messages(1, 1));
        clock.Advance(TimeSpan.FromMinutes(6));
        await log.AppendAsync(One, Messages(2, 1));
        await log.AppendAsync(Two, Messages(1, 1, session: 8));
        clock.Advance(TimeSpan.FromMinutes(4));
        await log.AppendAsync(new(3), Messages(1, 1));
        Assert.HasCount(2, await log.RecentIdsAsync(One, 7, 10, Stop));

        clock.Advance(TimeSpan.FromMinutes(3));
        await log.AppendAsync(new(3), Messages(2, 1));
        CollectionAssert.AreEqual(new LoggedClientId[] { new("c2", 2) }, (await log.RecentIdsAsync(One, 7, 10, Stop)).ToArray());

        clock.Advance(TimeSpan.FromMinutes(10));
        await log.AppendAsync(new(3), Messages(3, 1));
        Assert.IsEmpty(await log.RecentIdsAsync(One, 7, 10, Stop));
        Assert.IsEmpty(await log.RecentIdsAsync(Two, 8, 10, Stop));
        Assert.AreEqual(2, (await log.RangeAsync(One, Stop)).Last);
    }
}
