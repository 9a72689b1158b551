using System.Globalization;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Swaps of a plugin that uses every kind of hook, under load.</summary>
[TestClass]
public sealed class HookSwapTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [TestMethod, Timeout(180_000)]
    public async Task ASwapUnderLoadLosesNoMessagesEventsOrState()
    {
        const int Users = 30, Last = 16;
        var report = new SwapReport { IsStamped = true };
        await using var series = await SwapSeries.StartAsync("Relay", report);
        int visits;
        await using (var crowd = await SwapCrowd.GatherAsync(series.Daemon.Port, report, Users, "/somar", Pause))
        {
            using var stop = new CancellationTokenSource();
            var visiting = ComeAndGoAsync(series.Daemon, stop.Token);
            await series.SwapAsync(2, 7);
            await File.WriteAllTextAsync(Path.Combine(series.Folder, "Relay.json"), """{ "Mark": "b" }""");
            await series.SwapAsync(9, Last - 8);
            await report.EchoedAsync(Users);
            await crowd.HushAsync();
            await stop.CancelAsync();
            visits = await visiting;
        }
        await series.CollectedAsync(Last - 1);
        await using (var ana = await series.Daemon.GuestAsync("ana", "geral"))
        {
            Assert.AreEqual($"v{Last:0000} {report.Answers.Count}",
                (await ana.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/chamadas", "geral"))).Text);
            Assert.AreEqual($"oi [v{Last:0000} b]", (await ana.SayAsync("geral", "oi")).Text);
        }
        await series.RemoveAsync();
        await series.CollectedAsync(Last);
        Assert.IsEmpty(report.Faults);
        Assert.IsLessThanOrEqualTo(3, series.MostAlive);
        AssertCounted(report);
        AssertHeard(series.Log, report.Messages, visits);
        AssertSilence(series.Log, Last);
    }

    [TestMethod, Timeout(120_000)]
    public async Task JobsThatBecomeDueDuringSwapsRunOnceEach()
    {
        const int Users = 20, Last = 12, Jobs = 30;
        var report = new SwapReport { IsStamped = true };
        await using var series = await SwapSeries.StartAsync("Relay", report);
        await using var crowd = await SwapCrowd.GatherAsync(series.Daemon.Port, report, Users, command: null, Pause);
        await using var ana = await series.Daemon.GuestAsync("ana", "geral");
        for (var number = 2; number <= Last; number++)
        {
            await ana.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message($"/badalar {number * Jobs} {Jobs}", "geral"));
            await series.DropAsync(number);
        }
        await series.Log.UntilAsync(() => Chimes(series.Log).Distinct().Count() == Jobs * (Last - 1));
        await crowd.HushAsync();
        await series.CollectedAsync(Last - 1);
        Assert.AreEqual("0", (await ana.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/badalar 0 0", "geral"))).Text);
        Assert.HasCount(Jobs * (Last - 1), Chimes(series.Log));
        Assert.IsEmpty(report.Faults);
    }

    [TestMethod, Timeout(60_000)]
    public async Task MessagesContinueUnfilteredWhenTheirFilterIsRemoved()
    {
        const int Users = 20;
        var report = new SwapReport { IsStamped = true };
        await using var series = await SwapSeries.StartAsync("Relay", report);
        await using var crowd = await SwapCrowd.GatherAsync(series.Daemon.Port, report, Users, command: null, Pause);
        await report.EchoedAsync(Users);
        await series.RemoveAsync();
        await report.EchoedAsync(Users * 2);
        await series.DropAsync(2);
        await report.EchoedAsync(Users * 2);
        await crowd.HushAsync();
        await series.CollectedAsync(1);
        Assert.IsEmpty(report.Faults);
    }

    [TestMethod, Timeout(60_000)]
    public async Task AFilterThatHangsIsBypassedAndTheNextVersionReplacesIt()
    {
        const int Users = 20;
        var report = new SwapReport { IsStamped = true };
        await using var series = await SwapSeries.StartAsync("Relay", report);
        await using var crowd = await SwapCrowd.GatherAsync(series.Daemon.Port, report, Users, command: null, Pause);
        await report.EchoedAsync(Users);
        report.BareUpTo = 2;
        await series.DropAsync(2, "hangs");
        await series.Log.HasAsync(
            "Filter bypassed: Stamp of plugin relay missed its deadline five times in a minute. Messages are let through without it.");
        await report.EchoedAsync(Users * 2);
        await series.DropAsync(3);
        await report.EchoedAsync(Users * 2);
        await crowd.HushAsync();
        await series.CollectedAsync(2);
        Assert.IsEmpty(report.Faults);
    }

    [TestMethod, Timeout(60_000)]
    public async Task AGenerationWithAStuckCallIsLeakedUntilTheCallEnds()
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        using var stuck = new StuckCall();
        sandbox.DropFile("Relay.dll", FixtureVersion.Of(1, "stuck", "Relay"));
        await sandbox.LoadAsync();
        for (var miss = 0; miss < 5; miss++)
        {
            var filtering = sandbox.FilterAsync("oi");
            if (miss == 0) await stuck.Entered;
            sandbox.Time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.AreEqual("oi", await filtering);
        }
        await sandbox.Log.HasAsync("Filter bypassed");
        sandbox.DropFile("Relay.dll", FixtureVersion.Of(2, fixture: "Relay"));
        await sandbox.SettleAsync();
        await sandbox.AdvanceUntilAsync("Plugin relay stops while 1 of its invocations still run");
        Assert.AreEqual("oi [v0002 a]", await sandbox.FilterAsync("oi"));
        await sandbox.AdvanceUntilAsync("Plugin relay v0001 is leaked");
        Assert.AreEqual((1, 0), (sandbox.Plugins.Single().Leaked, sandbox.Plugins.Single().Collected));
        stuck.Dispose();
        await GoneAsync(sandbox);
    }

    private static List<string> Chimes(CapturedLog log) =>
        [.. log.Lines.Select(l => l.Text).Where(text => text.StartsWith("chimed ", StringComparison.Ordinal))];

    private static async Task<int> ComeAndGoAsync(TestDaemon daemon, CancellationToken stop)
    {
        await using var visitor = await daemon.GuestAsync("visita", "geral");
        var visits = 0;
        for (; !stop.IsCancellationRequested; visits++)
        {
            await visitor.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("varanda"));
            await visitor.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("varanda"));
            await Task.Delay(Pause / 5, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return visits;
    }

    /// <summary>The numbers of each room have no gap and no duplicate, whichever version counted.</summary>
    private static void AssertCounted(SwapReport report)
    {
        foreach (var room in report.Answers.Select(a => a.Split(' '))
            .GroupBy(a => a[2], a => int.Parse(a[1], CultureInfo.InvariantCulture)))
            CollectionAssert.AreEqual(Enumerable.Range(1, room.Count()).ToList(), room.Order().ToList(), $"counted in {room.Key}");
    }

    /// <summary>All versions together got every event once, and each got its own in order.</summary>
    private static void AssertHeard(CapturedLog log, int messages, int visits)
    {
        var versions = log.Lines.Where(l => l.Text.Contains(" heard ", StringComparison.Ordinal))
            .Select(l => l.Text.Split(" heard ")[1].Split(',')).ToList();
        var all = versions.SelectMany(v => v).ToList();
        var posted = all.Where(e => e.StartsWith('r')).ToList();
        Assert.HasCount(messages, posted);
        Assert.HasCount(messages, posted.Distinct());
        Assert.AreEqual((visits, visits), (all.Count(e => e == "+visita varanda"), all.Count(e => e == "-visita varanda")));
        foreach (var room in versions.SelectMany(
            v => v.Where(e => e.StartsWith('r')).Select(e => e.Split(' '))
            .GroupBy(e => e[0], e => int.Parse(e[1], CultureInfo.InvariantCulture))))
            CollectionAssert.AreEqual(room.Order().ToList(), room.ToList(), $"heard of {room.Key} in another order");
    }

    /// <summary>A version's scheduled work ran, but not after its stop.</summary>
    private static void AssertSilence(CapturedLog log, int last)
    {
        var lines = log.Lines.Select(l => l.Text).ToList();
        for (var number = 1; number <= last; number++)
        {
            var version = FixtureVersion.NameOf(number);
            var stopped = lines.FindIndex(l => l == $"Plugin relay {version} has stopped.");
            Assert.IsGreaterThan(0, stopped);
            Assert.IsLessThan(stopped, lines.LastIndexOf($"{version} ticks"));
        }
        Assert.Contains($"{FixtureVersion.NameOf(last)} ticks", lines);
    }

    private static async Task GoneAsync(PluginSandbox sandbox)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (sandbox.Plugins.Single() is not { Leaked: 0, Collected: 1 })
        {
            if (Environment.TickCount64 > deadline) Assert.Fail(sandbox.States);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }
    }

    /// <summary>The call in which a stuck filter blocks. It returns when this is disposed.</summary>
    private sealed class StuckCall : IDisposable
    {
        /// <summary>Longer than the test.</summary>
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously), ended = new();

        public StuckCall() => AppDomain.CurrentDomain.SetData("stuck", (Action)Enter);

        public Task Entered => entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Dispose() => ended.TrySetResult();

        private void Enter()
        {
            entered.SetResult();
            if (!ended.Task.Wait(Limit)) throw new TimeoutException("The test never ended the call.");
        }
    }
}
