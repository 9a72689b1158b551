using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Memory;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Tests.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>The sequencer over a message log that fails on demand, as no disk does.</summary>
[TestClass]
public sealed class SequencerTests : IAsyncDisposable
{
    private readonly TestDatabase database = new();
    private readonly FailingLog log;
    private readonly TestUser ana = new("ana", 1);
    private readonly TestUser bia = new("bia", 2);
    private readonly Sequencer room;

    public SequencerTests()
    {
        log = new FailingLog(new MemoryMessageLog(1000, TimeProvider.System, database.Readers));
        var fanout = new RoomFanout(new RoomAddress("geral"), TimeProvider.System);
        var reports = new SequencerReports(new DaemonMetrics(), NullLogger<Sequencer>.Instance);
        var numbered = new ConversationLog(new ConversationId(1), "log", log);
        room = new Sequencer(numbered, fanout, reports, new SteadyTime(TimeProvider.System));
        foreach (var recipient in (TestUser[])[ana, bia])
        {
            var cut = fanout.Enter(recipient.Subscriber)!;
            fanout.Admit(recipient.Subscriber, cut, Outbox.Encoded(new DaemonFrame.Joined("geral", 0, 1, [], false)));
        }
    }

    public TestContext TestContext { get; set; } = null!;

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [TestMethod]
    public async Task AnAppendOfUnknownOutcomeIsDeliveredOnceTheLogIsReadAgain()
    {
        log.FailNext(commits: true, new LogOutcomeUnknownException("lost"));
        Append("um", "1");
        Assert.AreEqual((RefusalCode.Unavailable, "1"), await ana.ErrorAsync());
        Assert.AreEqual((1, "um", null), await ana.MessageAsync());
        Assert.AreEqual((1, "um", null), await bia.MessageAsync());

        Assert.AreEqual(1, (await FindAsync("1"))?.Seq);
        Append("dois", "2");
        Assert.AreEqual((2, "dois", "2"), await ana.MessageAsync());
        Assert.AreEqual((2, "dois", null), await bia.MessageAsync());
    }

    [TestMethod]
    public async Task AFailedAppendLeavesNoGap()
    {
        (Exception, string)[] failures =
        [
            (new LogOutcomeUnknownException("lost"), RefusalCode.Unavailable),
            (new LogRefusedException("full"), RefusalCode.Storage),
        ];
        foreach (var (failure, code) in failures)
        {
            log.FailNext(commits: false, failure);
            Append("um", "1");
            Assert.AreEqual((code, "1"), await ana.ErrorAsync());
            Assert.IsNull(await FindAsync("1"));
        }
        Append("um", "1");
        Assert.AreEqual((1, "um", "1"), await ana.MessageAsync());
        Assert.AreEqual((1, "um", null), await bia.MessageAsync());
    }

    /// <summary>The message may be in the log, so it must not be refused only because the log cannot be read.</summary>
    [TestMethod]
    public async Task TheOutcomeOfAResendIsUnknownWhileTheLogCannotBeRead()
    {
        Append("antes", "0");
        Assert.AreEqual((1, "antes", "0"), await ana.MessageAsync());
        Assert.AreEqual((1, "antes", null), await bia.MessageAsync());
        log.FailNext(commits: true, new LogOutcomeUnknownException("lost"));
        log.IsReadable = false;
        Append("um", "1");
        Assert.AreEqual((RefusalCode.Unavailable, "1"), await ana.ErrorAsync());
        await Assert.ThrowsExactlyAsync<LogOutcomeUnknownException>(() => FindAsync("1"));

        log.IsReadable = true;
        Assert.AreEqual(2, (await FindAsync("1"))?.Seq);
        Assert.AreEqual((2, "um", null), await bia.MessageAsync());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task ALoggedMessageThatCannotBeReadIsShownAsErasedAndTheRoomGoesOn(bool isDamaged)
    {
        log.Unreadable = (2, isDamaged);
        Append("um", "1");
        Assert.AreEqual((1, "um", "1"), await ana.MessageAsync());
        Assert.AreEqual((1, "um", null), await bia.MessageAsync());
        log.FailNext(commits: true, new LogOutcomeUnknownException("lost"));
        Append("dois", "2");
        Assert.AreEqual((RefusalCode.Unavailable, "2"), await ana.ErrorAsync());
        Assert.AreEqual((2, "", null), await bia.MessageAsync());

        Append("três", "3");
        Assert.AreEqual((3, "três", null), await bia.MessageAsync());
        Assert.AreEqual((2, true), await FindAsync("2") is { } found ? (found.Seq, found.Erased) : default);
    }

    /// <summary>The refused message leaves its id behind as one in flight, and nothing will ever commit or free that.</summary>
    [TestMethod]
    public async Task AnIdInFlightWithNothingOnItsWayIsLookedUpInTheLog()
    {
        Append("um", "1");
        Assert.AreEqual((1, "um", "1"), await ana.MessageAsync());
        Assert.AreEqual(1, (await FindAsync("1"))?.Seq); // from now on, the session's ids are in memory
        await room.PauseAsync().WaitAsync(Wait.Limit);
        Append("dois", "2");
        room.Close();
        Assert.AreEqual((RefusalCode.NotInRoom, "2"), await ana.ErrorAsync());

        // On a thread of its own: a search that never ends would not even return its task.
        Assert.IsNull(await Task.Run(() => FindAsync("2")).WaitAsync(Wait.Limit));
        Assert.AreEqual(1, (await FindAsync("1"))?.Seq);
    }

    private void Append(string text, string id) =>
        room.Append(new PendingMessage(ana.Sender, text) { Subscriber = ana.Subscriber, ClientId = id });

    private async Task<LoggedMessage?> FindAsync(string id) =>
        (LoggedMessage?)await room.FindAsync(ana.Sender, id, TestContext.CancellationToken).AsTask().WaitAsync(Wait.Limit);

    /// <summary>A user in the room, and the frames that reach the user's connection.</summary>
    private sealed class TestUser
    {
        private readonly Lines lines = new();

        public TestUser(string name, long session)
        {
            Assert.IsTrue(UserName.TryParse(name, out var userName));
            var link = new Link(
                name, IPAddress.Loopback, new Pipe().Reader, lines,
                () => Task.CompletedTask, () => { }, () => false, CancellationToken.None)
            { Framing = new LineFraming() };
            var connection = new Connection(link, new DrainList(), 1 << 20, TimeProvider.System)
            {
                Usage = new AddressUsage("127.0.0.1/32", TimeProvider.System),
            };
            var user = new ChatUser(Identity.OfGuest(session), userName, Role.Guest);
            Sender = new Sender(user, session, connection, new PendingAppends(), refusal => refusal.Code);
            Subscriber = new Subscriber(connection, user);
        }

        public Sender Sender { get; }

        public Subscriber Subscriber { get; }

        public async Task<(string Code, string? Id)> ErrorAsync()
        {
            var error = await NextAsync<DaemonFrame.Error>();
            return (error.Code, error.Id);
        }

        public async Task<(int Seq, string Text, string? Id)> MessageAsync()
        {
            var message = await NextAsync<DaemonFrame.Message>();
            return ((int)message.Seq, message.Text, message.Id);
        }

        private async Task<T> NextAsync<T>() where T : DaemonFrame
        {
            DaemonFrame? frame;
            do
            {
                frame = FrameReader.ReadDaemon(new(await lines.Sent.ReadAsync().AsTask().WaitAsync(Wait.Limit))).Frame;
            }
            while (frame is DaemonFrame.Joined or DaemonFrame.Presence);
            return (T)frame!;
        }
    }

    /// <summary>Accepts all bytes at once and splits them into lines.</summary>
    private sealed class Lines : IOutput
    {
        private readonly Channel<byte[]> sent = Channel.CreateUnbounded<byte[]>();
        private readonly List<byte> rest = [];

        public ChannelReader<byte[]> Sent => sent.Reader;

        public int TrySend(ReadOnlySpan<byte> bytes)
        {
            foreach (var b in bytes)
            {
                if (b != '\n')
                {
                    rest.Add(b);
                    continue;
                }
                sent.Writer.TryWrite([.. rest]);
                rest.Clear();
            }
            return bytes.Length;
        }

        public Task SendAsync(ReadOnlyMemory<byte> bytes) => throw new NotSupportedException();
    }

    /// <summary>Passes calls on to another log, except for the failures that a test asks for.</summary>
    private sealed class FailingLog(IMessageLog inner) : IMessageLog
    {
        private (bool Commits, Exception Failure)? next;

        public bool IsReadable { get; set; } = true;

        /// <summary>A message whose row is damaged, or gone.</summary>
        public (long Seq, bool IsDamaged)? Unreadable { get; set; }

        /// <summary>Makes the next append fail, before or after it is committed.</summary>
        public void FailNext(bool commits, Exception failure) => next = (commits, failure);

        public async Task<IReadOnlyList<ChangeOutcome>> AppendAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries)
        {
            var plan = next;
            next = null;
            var outcomes = plan?.Commits != false ? await inner.AppendAsync(conversation, entries) : [];
            return plan is { Failure: var failure } ? throw failure : outcomes;
        }

        public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) =>
            IsReadable ? inner.RangeAsync(conversation, cancellation) : throw new IOException("unreadable");

        public ValueTask<IReadOnlyDictionary<ConversationId, LogRange>> RangesAsync(
            IReadOnlyList<ConversationId> conversations, CancellationToken cancellation) => inner.RangesAsync(conversations, cancellation);

        public ValueTask<IReadOnlyDictionary<ConversationId, long>> CountMentionsAsync(
            long account, IReadOnlyDictionary<ConversationId, long> after, CancellationToken cancellation) =>
            inner.CountMentionsAsync(account, after, cancellation);

        public ValueTask<MentionPage> MentionsAsync(
            long account, IReadOnlySet<ConversationId> rooms, long before, int limit, CancellationToken cancellation) =>
            inner.MentionsAsync(account, rooms, before, limit, cancellation);

        public async ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(PageRequest page, long after, CancellationToken cancellation)
        {
            var read = await inner.ReadAfterAsync(page, after, cancellation);
            if (Unreadable is not var (seq, isDamaged) || read.All(message => message.Seq != seq)) return read;
            return isDamaged ? throw new DamagedRowException("messages row", "text is NULL") : [.. read.Where(m => m.Seq != seq)];
        }

        public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(PageRequest page, long before, CancellationToken cancellation) =>
            inner.ReadBeforeAsync(page, before, cancellation);

        public ValueTask<IReadOnlyList<LoggedMessage>> ReadChangedAsync(
            PageRequest page, long rev, long through, CancellationToken cancellation) =>
            inner.ReadChangedAsync(page, rev, through, cancellation);

        public ValueTask<IReadOnlyList<LoggedChange>> ChangesAfterAsync(
            ConversationId conversation, long rev, int limit, CancellationToken cancellation) =>
            inner.ChangesAfterAsync(conversation, rev, limit, cancellation);

        public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
            ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
            inner.RecentIdsAsync(conversation, session, limit, cancellation);

        public ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(
            string identity, int limit, CancellationToken cancellation) => inner.LatestDirectsAsync(identity, limit, cancellation);

        public Task<long> PruneAsync(RetentionRule standard, DateTimeOffset now, CancellationToken cancellation) =>
            inner.PruneAsync(standard, now, cancellation);

        public void EraseAuthor(string identity, string replacement, bool texts) => throw new NotSupportedException();

        public void Forget(ConversationId conversation) => inner.Forget(conversation);
    }
}
