using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Retention;
using Chat.Protocol;

namespace Chat.Daemon.Tests.Storage;

/// <summary>What every message log promises.</summary>
public abstract class MessageLogTests
{
    private protected static readonly ConversationId One = new(1);
    private protected static readonly ConversationId Two = new(2);

    public TestContext TestContext { get; set; } = null!;

    private protected abstract IMessageLog Log { get; }

    private protected CancellationToken Stop => TestContext.CancellationToken;

    private protected abstract TestDatabase Database { get; }

    private protected virtual string OddText => "two\nlines\tand a nul \0 inside";

    private protected async Task<ConversationId> DirectAsync(string one, string other)
    {
        var (first, second) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
        return new(await Database.NumberAsync($"""
            INSERT INTO conversations(
                kind, created_at, creator, first_identity, first_name, first_name_key, second_identity, second_name, second_name_key)
            VALUES ('direct', 0, '', '{first}', 'f', 'f', '{second}', 's', 's') RETURNING id
            """));
    }

    /// <summary>Prunes messages 1 to 15 of a conversation that has 25.</summary>
    private protected abstract Task PruneThrough15Async(ConversationId conversation);

    /// <summary>An empty log that keeps at least so many messages.</summary>
    private protected virtual IMessageLog LogKeeping(int messages) => Log;

    private protected static LoggedMessage[] Messages(long first, int count, long session = 7) =>
    [
        .. from number in Enumerable.Range(0, count).Select(i => first + i)
           select new LoggedMessage(number, "ana", $"text {number}", 1_700_000_000_000 + number, session, $"c{number}"),
    ];

    private protected static long[] Numbers(IEnumerable<LoggedMessage> messages) => [.. messages.Select(message => message.Seq)];

    private protected static long[] Span(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(i => (long)i)];

    [TestMethod]
    public async Task AConversationWithoutMessagesIsEmpty()
    {
        Assert.AreEqual(new LogRange(1, 0), await Log.RangeAsync(One, Stop));
        Assert.IsEmpty(await Log.ReadAfterAsync(One, 0, 10, Stop));
        Assert.IsEmpty(await Log.ReadBeforeAsync(One, long.MaxValue, 10, Stop));
        Assert.IsEmpty(await Log.RecentIdsAsync(One, 7, 10, Stop));
    }

    [TestMethod]
    public async Task MessagesAreReadAsTheyWereAppended()
    {
        LoggedMessage[] given =
        [
            new(1, "João", "it's \"so\"; DROP TABLE messages; -- %_\\ \u2028 😀", 1_700_000_000_123, 9, "id'1", "dado"),
            new(2, "x", OddText, 1_700_000_000_124, long.MaxValue, null, null),
            new(3, "x", "", 1_700_000_000_125, 9, "", null, Erased: true),
        ];
        await Log.AppendAsync(One, given);
        CollectionAssert.AreEqual(given, (await Log.ReadAfterAsync(One, 0, 10, Stop)).ToArray());
    }

    [TestMethod]
    public async Task EachConversationCountsItsOwnMessages()
    {
        await Log.AppendAsync(One, Messages(1, 3));
        await Log.AppendAsync(Two, Messages(1, 1));
        await Log.AppendAsync(One, []);
        Assert.AreEqual(new LogRange(1, 3), await Log.RangeAsync(One, Stop));
        Assert.AreEqual(new LogRange(1, 1), await Log.RangeAsync(Two, Stop));
    }

    [TestMethod]
    [DataRow(3, 1, DisplayName = "given already")]
    [DataRow(3, 4, DisplayName = "partly given already")]
    [DataRow(5, 1, DisplayName = "leaves a hole")]
    [DataRow(0, 1, DisplayName = "before the first")]
    public async Task AnAppendThatDoesNotContinueIsRefusedWhole(int first, int count)
    {
        await Log.AppendAsync(One, Messages(1, 3));
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Log.AppendAsync(One, Messages(first, count, session: 8)));
        Assert.AreEqual(new LogRange(1, 3), await Log.RangeAsync(One, Stop));
        Assert.IsEmpty(await Log.RecentIdsAsync(One, 8, 10, Stop));
        await Log.AppendAsync(One, Messages(4, 1));
    }

    [TestMethod]
    public async Task AGapInAnAppendRefusesAllOfIt()
    {
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Log.AppendAsync(One, [.. Messages(1, 2), .. Messages(4, 1)]));
        Assert.AreEqual(new LogRange(1, 0), await Log.RangeAsync(One, Stop));
    }

    [TestMethod]
    public async Task OnlyOneAppendOfANumberSucceeds()
    {
        var appends = Enumerable.Range(0, 20)
            .Select(session => Task.Run(() => Log.AppendAsync(One, Messages(1, 2, session)), Stop)).ToArray();
        await Task.WhenAll(appends).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.HasCount(1, appends.Where(append => append.IsCompletedSuccessfully));
        Assert.IsTrue(appends.Where(append => append.IsFaulted).All(append => append.Exception!.InnerException is LogRefusedException));
        var logged = await Log.ReadAfterAsync(One, 0, 10, Stop);
        CollectionAssert.AreEqual(Span(1, 2), Numbers(logged));
        Assert.AreEqual(logged[0].Session, logged[1].Session);
    }

    [TestMethod]
    public async Task PagesAreReadForwardsAndBackwards()
    {
        await Log.AppendAsync(One, Messages(1, 10));
        CollectionAssert.AreEqual(Span(4, 7), Numbers(await Log.ReadAfterAsync(One, 3, 4, Stop)));
        CollectionAssert.AreEqual(Span(10, 10), Numbers(await Log.ReadAfterAsync(One, 9, 4, Stop)));
        CollectionAssert.AreEqual(Span(1, 2), Numbers(await Log.ReadAfterAsync(One, -5, 2, Stop)));
        CollectionAssert.AreEqual(Span(5, 7), Numbers(await Log.ReadBeforeAsync(One, 8, 3, Stop)));
        CollectionAssert.AreEqual(Span(1, 2), Numbers(await Log.ReadBeforeAsync(One, 3, 5, Stop)));
        CollectionAssert.AreEqual(Span(8, 10), Numbers(await Log.ReadBeforeAsync(One, long.MaxValue, 3, Stop)));
    }

    [TestMethod]
    public async Task NoMoreIsReadThanAFrameHolds()
    {
        const int Long = 30;
        var log = LogKeeping(Long + 1);
        var text = string.Concat(Enumerable.Repeat("🙂", ProtocolLimits.TextScalars)); // 16,000 bytes
        LoggedMessage[] longOnes = [.. Messages(1, Long).Select(message => message with { Text = text })];
        await log.AppendAsync(One, longOnes);
        await log.AppendAsync(One, Messages(Long + 1, 1));
        // The seventeenth is the first that does not fit.
        CollectionAssert.AreEqual(Span(1, 17), Numbers(await log.ReadAfterAsync(One, 0, 500, Stop)));
        CollectionAssert.AreEqual(Span(14, 31), Numbers(await log.ReadBeforeAsync(One, Long + 2, 500, Stop)));
        CollectionAssert.AreEqual(Span(3, 4), Numbers(await log.ReadAfterAsync(One, 2, 2, Stop)));
    }

    [TestMethod]
    public async Task PagesOutsideTheLogAreEmpty()
    {
        await Log.AppendAsync(One, Messages(1, 10));
        Assert.IsEmpty(await Log.ReadAfterAsync(One, 10, 4, Stop));
        Assert.IsEmpty(await Log.ReadAfterAsync(One, long.MaxValue, 4, Stop));
        Assert.IsEmpty(await Log.ReadBeforeAsync(One, 1, 4, Stop));
        Assert.IsEmpty(await Log.ReadBeforeAsync(One, long.MinValue, 4, Stop));
        Assert.IsEmpty(await Log.ReadAfterAsync(One, 0, 0, Stop));
    }

    [TestMethod]
    public async Task PrunedMessagesAreGoneAndTheirNumbersAreNotReused()
    {
        await Log.AppendAsync(One, Messages(1, 25));
        await PruneThrough15Async(One);
        Assert.AreEqual(new LogRange(16, 25), await Log.RangeAsync(One, Stop));
        CollectionAssert.AreEqual(Span(16, 18), Numbers(await Log.ReadAfterAsync(One, 0, 3, Stop)));
        CollectionAssert.AreEqual(Span(16, 19), Numbers(await Log.ReadBeforeAsync(One, 20, 100, Stop)));
        Assert.IsEmpty(await Log.ReadBeforeAsync(One, 16, 100, Stop));
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Log.AppendAsync(One, Messages(1, 1)));
        await Log.AppendAsync(One, Messages(26, 1));
        Assert.AreEqual(26, (await Log.RangeAsync(One, Stop)).Last);
    }

    [TestMethod]
    public async Task RetentionRemovesTheOldestMessagesThatARuleDoesNotKeep()
    {
        var (log, direct, other) = (LogKeeping(100), await DirectAsync("a1", "a2"), await DirectAsync("a1", "a3"));
        foreach (var conversation in (ConversationId[])[direct, other]) await log.AppendAsync(conversation, Messages(1, 25));
        await Database.ExecuteAsync($"UPDATE conversations SET keep_days = 0, keep_messages = 20 WHERE id = {other.Value}");
        var dayAfterTheTenth = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_010).AddDays(1);

        Assert.AreEqual(9 + 5, await log.PruneAsync(new RetentionRule(1, 0), dayAfterTheTenth, Stop));
        Assert.AreEqual(0, await log.PruneAsync(new RetentionRule(1, 0), dayAfterTheTenth, Stop));
        Assert.AreEqual(new LogRange(10, 25), await log.RangeAsync(direct, Stop));
        Assert.AreEqual(new LogRange(6, 25), await log.RangeAsync(other, Stop));
        CollectionAssert.AreEqual(Span(10, 12), Numbers(await log.ReadAfterAsync(direct, 0, 3, Stop)));
        Assert.AreEqual(0, await log.PruneAsync(new RetentionRule(2, 25), dayAfterTheTenth, Stop));
        Assert.AreEqual(11, await log.PruneAsync(new RetentionRule(1, 5), dayAfterTheTenth, Stop));
        Assert.AreEqual(5, await log.PruneAsync(new RetentionRule(1, 0), dayAfterTheTenth.AddDays(1), Stop));
        Assert.AreEqual(new LogRange(26, 25), await log.RangeAsync(direct, Stop));
        Assert.IsEmpty(await log.ReadAfterAsync(direct, 0, 10, Stop));
        Assert.HasCount(25, await log.RecentIdsAsync(direct, 7, 100, Stop), "A message sent again is still recognized.");
        await log.AppendAsync(direct, Messages(26, 1));
        Assert.AreEqual(new LogRange(26, 26), await log.RangeAsync(direct, Stop));
    }

    [TestMethod]
    public async Task RecentIdsAreTheSessionsLatestOldestFirst()
    {
        await Log.AppendAsync(One, [.. Messages(1, 3), .. Messages(4, 2, session: 8), .. Messages(6, 2)]);
        await Log.AppendAsync(One, [new LoggedMessage(8, "bot", "no id", 1, 7)]);
        await Log.AppendAsync(Two, Messages(1, 1));
        var ofSeven = await Log.RecentIdsAsync(One, 7, 3, Stop);
        CollectionAssert.AreEqual(new LoggedClientId[] { new("c3", 3), new("c6", 6), new("c7", 7) }, ofSeven.ToArray());
        var ofEight = await Log.RecentIdsAsync(One, 8, 100, Stop);
        CollectionAssert.AreEqual(new LoggedClientId[] { new("c4", 4), new("c5", 5) }, ofEight.ToArray());
        Assert.HasCount(5, await Log.RecentIdsAsync(One, 7, 1000, Stop));
        Assert.IsEmpty(await Log.RecentIdsAsync(One, 9, 1000, Stop));
    }

    [TestMethod]
    public async Task AThousandIdsPerSessionAreKept()
    {
        await Log.AppendAsync(One, Messages(1, 1200));
        var ids = await Log.RecentIdsAsync(One, 7, 1000, Stop);
        CollectionAssert.AreEqual(Span(201, 1200), ids.Select(id => id.Number).ToArray());
        Assert.AreEqual("c201", ids[0].ClientId);
    }

    [TestMethod]
    public async Task DirectConversationsAreListedWithTheNewestMessageFirst()
    {
        var with = new List<ConversationId>();
        foreach (var other in (string[])["g1", "a2", "a9", "a5", "a3"]) with.Add(await DirectAsync("a5", other)); // a5: with oneself
        foreach (var i in (int[])[2, 0, 3, 1]) await Log.AppendAsync(with[i], Messages(1, 1));
        await Log.AppendAsync(with[0], Messages(2, 4));
        await Log.AppendAsync(new(1_000), Messages(1, 1)); // a room's
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Log.AppendAsync(with[4], Messages(9, 1)));

        ConversationTail[] expected =
            [new(with[0], new(1, 5)), new(with[1], new(1, 1)), new(with[3], new(1, 1)), new(with[2], new(1, 1))];
        CollectionAssert.AreEqual(expected, (await Log.LatestDirectsAsync("a5", 10, Stop)).ToArray());
        CollectionAssert.AreEqual(expected[..2], (await Log.LatestDirectsAsync("a5", 2, Stop)).ToArray());
        Assert.AreEqual(expected[1], (await Log.LatestDirectsAsync("a2", 10, Stop)).Single());
        Assert.IsEmpty(await Log.LatestDirectsAsync("a3", 10, Stop));
        Assert.IsEmpty(await Log.LatestDirectsAsync("g2", 10, Stop));
    }

    [TestMethod]
    public async Task ConcurrentAppendsLoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(producer => Task.Run(
            async () =>
            {
                for (var seq = 1; seq <= 300; seq += 3) await Log.AppendAsync(new ConversationId(producer), Messages(seq, 3, producer));
            },
            Stop)));
        for (var producer = 1; producer <= 8; producer++)
        {
            var conversation = new ConversationId(producer);
            Assert.AreEqual(300, (await Log.RangeAsync(conversation, Stop)).Last);
            Assert.HasCount(300, await Log.RecentIdsAsync(conversation, producer, 1000, Stop));
        }
    }
}
