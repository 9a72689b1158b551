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

    private static PowerOptions Short(int seed, string durability) => new(seed, durability, Runs.NoLimit, DaemonLaunch.FindProgram())
    {
        Lives = 1,
        LossesPerLife = 4,
        Load = TimeSpan.FromSeconds(2),
    };

    private async Task<Report> RunAsync(PowerOptions options) =>
        await new PowerRun(options, await Runs.ShimAsync(), context.WriteLine).RunAsync();
}
