using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Memory;
using Chat.Protocol;
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

    private protected override IMessageLog LogKeeping(int messages) => new MemoryMessageLog(messages, clock, database.Readers);

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
    [DataRow(false)]
    [DataRow(true)]
    public async Task AnErasedAuthorIsNamedNowhere(bool texts)
    {
        await log.AppendAsync(
            One,
            [
                new LoggedMessage(1, "ana", "by ana", 1, 7, "c1") { Identity = "a1", Mentions = "bia" },
                new LoggedMessage(2, "bia", "by bia", 1, 8) { Identity = "a2" },
                new LoggedMessage(3, "ana", "by an earlier ana", 1, 9) { Identity = "g9" },
                new LoggedChange(ChangeKind.Edit, 1, "ana", "a1", 2, 7, "c2") { Text = "edited", Mentions = "bia" },
                new LoggedChange(ChangeKind.React, 1, "bia", "a2", 2, 8) { Emoji = "👍" },
                new LoggedChange(ChangeKind.React, 2, "ana", "a1", 2, 7) { Emoji = "👍" },
            ]);

        log.EraseAuthor("a1", "deleted-1", texts);

        var page = await log.ReadAfterAsync(new PageRequest(One, 10) { Viewer = "a2" }, 0, Stop);
        CollectionAssert.AreEqual(new[] { "deleted-1", "bia", "ana" }, page.Select(message => message.From).ToArray());
        Assert.AreEqual("deleted-1", page[1].Reactions!.Single().Users.Single());
        Assert.AreEqual(
            texts ? ("", null, null, true, 0) : ("edited", "bia", 2L, false, 1),
            (page[0].Text, page[0].Mentions, page[0].EditedAtMs, page[0].Erased, page[0].Reactions?.Count ?? 0));
        var changes = await log.ChangesAfterAsync(One, 0, 10, Stop);
        CollectionAssert.AreEqual(new[] { "deleted-1", "bia", "deleted-1" }, changes.Select(change => change.From).ToArray());
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
