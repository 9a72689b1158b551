using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>Who is typing: how often it is told, to whom, and what it costs others.</summary>
[TestClass]
public sealed class TypingTests
{
    private static readonly ClientFrame.Typing Typing = new("geral");
    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(1_010);

    private readonly TestTime time = new();

    [TestMethod]
    public async Task ManyWhoTypeAreToldOnceASecond()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var writers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => daemon.GuestAsync($"g{i}", "geral")));
        for (var round = 0; round < 5; round++)
        {
            foreach (var writer in writers)
                for (var i = 0; i < 5; i++) await writer.SendAsync(Typing);
            await Task.WhenAll(writers.Select(writer => writer.SettleAsync()));
            time.Advance(Second);
        }

        var told = await ToldAsync(ana);
        Assert.IsInRange(5, 6, told.Count);
        CollectionAssert.AreEquivalent(writers.Select(w => w.Name).ToArray(), told[^1].ToArray());
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    [TestMethod]
    public async Task ItLastsSixSecondsAndEachWhoGoesOnIsToldAgain()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await TypeAsync(ana);
        for (var second = 1; second <= 3; second++) time.Advance(Second);
        await TypeAsync(ana);
        time.Advance(Second);
        CollectionAssert.AreEqual((string[])["ana", "ana"], (await ToldAsync(bia)).Select(users => users.Single()).ToArray());
        for (var second = 5; second <= 8; second++) time.Advance(Second);
        Assert.IsEmpty(await ToldAsync(bia));
        for (var second = 9; second <= 10; second++) time.Advance(Second);
        Assert.IsEmpty((await ToldAsync(bia)).Single());
        for (var second = 11; second <= 20; second++) time.Advance(Second);
        Assert.IsEmpty(await ToldAsync(bia));
    }

    [TestMethod]
    public async Task InARoomOfMoreThanAHundredNobodyIsTold()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var names = Enumerable.Range(0, ProtocolLimits.TypingMembers).Select(i => $"g{i}");
        var members = await Task.WhenAll(names.Select(name => daemon.GuestAsync(name, "geral")));
        await TypeAsync(members[0]);
        Assert.AreEqual("g0", (await ToldAsync(members[^1])).Single().Single());

        await using var oneMore = await daemon.GuestAsync("ana", "geral");
        time.Advance(Second);
        Assert.IsEmpty((await ToldAsync(members[^1])).Single());
        await TypeAsync(members[0]);
        await TypeAsync(oneMore);
        for (var second = 0; second < 10; second++) time.Advance(Second);
        Assert.IsEmpty(await ToldAsync(members[^1]));

        await oneMore.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await TypeAsync(members[0]);
        Assert.AreEqual("g0", (await ToldAsync(members[^1])).Single().Single());
        foreach (var member in members) await member.DisposeAsync();
    }

    [TestMethod]
    public async Task AnOutboxThatIsHalfFullDropsItFirst()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:OutboxBytes", "16777216"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var slow = await daemon.ConnectAsync("slow", receiveBuffer: 4096);
        await slow.LoginAsync("slow", "geral");
        slow.PauseReading();
        var text = new string('á', 4_000);
        const int Many = 1_750; // 14 MiB: more than half the outbox and the socket's buffers hold, less than the outbox alone
        for (var i = 0; i < Many; i++) await ana.SendAsync(new ClientFrame.Message(text, "geral"));
        await TypeAsync(ana);
        await ana.ExpectAsync<DaemonFrame.Typing>();
        await ana.SayAsync("geral", "fim");

        slow.ResumeReading();
        var frames = new List<DaemonFrame>();
        while (frames.LastOrDefault() is not DaemonFrame.Message { Text: "fim" }) frames.Add((await slow.NextAsync()).Frame!);
        Assert.HasCount(Many + 1, frames.OfType<DaemonFrame.Message>());
        Assert.IsEmpty(frames.OfType<DaemonFrame.Typing>());
        time.Advance(Second);
        Assert.IsEmpty((await slow.ExpectAsync<DaemonFrame.Typing>()).Users);
    }

    [TestMethod]
    public async Task ATimerRunsOnlyWhileSomebodyTypes()
    {
        var counted = new TimerCount(time, Second);
        await using var daemon = await TestDaemon.StartAsync(null, counted);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await ana.SayAsync("geral", "oi");
        Assert.AreEqual(0, counted.Running);
        await TypeAsync(ana);
        Assert.AreEqual(1, counted.Running);
        await ana.SayAsync("geral", "oi");
        time.Advance(Second);
        Assert.AreEqual(1, counted.Running, "the next list may not come within a second");
        time.Advance(Second);
        Assert.AreEqual(0, counted.Running);
    }

    [TestMethod]
    public async Task AllDevicesOfBothUsersSeeIt()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana");
        await using var desk = await daemon.ConnectAsync("desk");
        var register = new ClientFrame.Register("bia", "uma senha bem comprida");
        await desk.AskAsync<DaemonFrame.Welcome>(register);
        await using var phone = await daemon.ConnectAsync("phone");
        await phone.LoginAsync(new ClientFrame.Login("bia", register.Password, Rooms: []));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"));
        await desk.SendAsync(new ClientFrame.Typing(With: "ana"));
        Assert.AreEqual("bia", (await ana.ExpectAsync<DaemonFrame.Typing>()).With);
        Assert.AreEqual("ana", (await desk.ExpectAsync<DaemonFrame.Typing>()).With);
        Assert.AreEqual("ana", (await phone.ExpectAsync<DaemonFrame.Typing>()).With);

        // A guest who is gone cannot be written to.
        await ana.SendAsync(new ClientFrame.Logout());
        await ana.ExpectClosedAsync();
        for (var second = 0; second < 10; second++) time.Advance(Second);
        await ToldAsync(phone);
        await desk.SendAsync(new ClientFrame.Typing(With: "ana"));
        await desk.SettleAsync();
        Assert.IsEmpty(await ToldAsync(phone));
    }

    private static async Task TypeAsync(TestClient user)
    {
        await user.SendAsync(Typing);
        await user.SettleAsync();
    }

    /// <summary>Takes the lists that have come.</summary>
    private static async Task<List<IReadOnlyList<string>>> ToldAsync(TestClient user)
    {
        await user.SettleAsync();
        var lists = new List<IReadOnlyList<string>>();
        while (user.Waiting.Any(r => r.Frame is DaemonFrame.Typing)) lists.Add((await user.ExpectAsync<DaemonFrame.Typing>()).Users);
        return lists;
    }

    /// <summary>Counts the timers that were created with that time and not disposed of.</summary>
    private sealed class TimerCount(TimeProvider inner, TimeSpan counted) : TimeProvider
    {
        private int running;

        public int Running => Volatile.Read(ref running);

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = inner.CreateTimer(callback, state, dueTime, period);
            if (dueTime != counted) return timer;
            Interlocked.Increment(ref running);
            return new Counted(timer, () => Interlocked.Decrement(ref running));
        }

        private sealed class Counted(ITimer timer, Action disposed) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                disposed();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
