using CrashChecker;
using CrashChecker.Daemons;
using CrashChecker.Judging;
using CrashChecker.Power;

namespace Chat.Crash.Tests;

/// <summary>What is promised survives a power loss. By hand: <c>CrashChecker power --minutes 60</c>.</summary>
[TestClass, DoNotParallelize]
public sealed class PowerLossTests(TestContext context)
{
    [TestMethod]
    public async Task FullLosesNothing() => (await RunAsync(Short(seed: 1, "full"))).AssertNoFindings(context);

    [TestMethod]
    public async Task NormalLosesOnlyWhatWasNotSynced() => (await RunAsync(Short(seed: 2, "normal"))).AssertNoFindings(context);

    /// <summary>The checks can fail: a disk that forgets what it was told to sync is found out.</summary>
    [TestMethod]
    public async Task ADiskThatForgetsIsFound()
    {
        var report = await RunAsync(Short(seed: 3, "full") with { LossesPerLife = 1, DiskForgets = true });

        Assert.Contains(FindingKind.SessionLost, report.Findings.Select(finding => finding.Kind));
        Assert.Contains(FindingKind.Lost, report.Findings.Select(finding => finding.Kind));
    }

    /// <summary>A kill between a write and its record would make files that the trace does not explain.</summary>
    [TestMethod]
    public async Task ARecordedDaemonDiesBetweenTwoCalls()
    {
        var folder = Directory.CreateTempSubdirectory("chat-kill-");
        var (trace, control) = (Path.Combine(folder.FullName, "trace"), Path.Combine(folder.FullName, "faults"));
        var launch = new DaemonLaunch(DaemonLaunch.FindProgram(), folder.FullName) { Durability = "normal" };
        launch = launch with { Environment = (await Runs.ShimAsync()).Environment(launch.Data, trace, control) };
        var judge = new Judge();

        Task WaitBeforeRecordsAsync() => File.WriteAllTextAsync(control, "write *-wal 0 -1 late 50\n");
        var recording = await Recorder.RecordAsync(
            launch, trace, WaitBeforeRecordsAsync, Short(seed: 0, "normal"), KillsFirst(), judge);

        Assert.IsEmpty(judge.Findings);
        Assert.IsFalse(recording.Trace.Any(IsCleanEnd), "It was stopped, not killed.");
        folder.Delete(recursive: true);
    }

    /// <summary>The index of the search has a log of its own, whose syncs make no message safe.</summary>
    [TestMethod]
    [DataRow("/data/chat.db-wal", 7L)]
    [DataRow("/data/search.db-wal", 0L)]
    public void OnlySyncsOfTheMessagesCount(string file, long expected)
    {
        TraceRecord Record(RecordKind kind, long begin) => new(kind, Descriptor: 5, begin, begin, 0, 0, file, default);
        var recording = new Recording("/data", "", [Record(RecordKind.Opened, 1), Record(RecordKind.Synced, 7)], []);

        Assert.AreEqual(expected, recording.LastSync(calls: 2));
    }

    private static bool IsCleanEnd(TraceRecord record) =>
        record.Kind == RecordKind.Unlinked && record.Name.EndsWith("/chat.db-wal", StringComparison.Ordinal);

    /// <summary>The recorder takes a seed for its clients, and then kills in one case of three.</summary>
    private static Random KillsFirst()
    {
        int seed;
        for (seed = 0; !Kills(new Random(seed)); seed++) { }
        return new Random(seed);

        static bool Kills(Random random) => random.Next() >= 0 && random.Next(3) == 0;
    }

    private static PowerOptions Short(int seed, string durability) => new(seed, durability, Runs.NoLimit, DaemonLaunch.FindProgram())
    {
        Lives = 1,
        LossesPerLife = 4,
        Load = TimeSpan.FromSeconds(2),
    };

    private async Task<Report> RunAsync(PowerOptions options) =>
        await new PowerRun(options, await Runs.ShimAsync(), context.WriteLine).RunAsync();
}
