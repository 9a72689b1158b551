using CrashChecker.Daemons;
using CrashChecker.Disks;

namespace Chat.Crash.Tests;

/// <summary>Nothing is lost when the disk fails. By hand: <c>CrashChecker disk --rounds 100</c>.</summary>
[TestClass, DoNotParallelize]
public sealed class DiskFaultTests(TestContext context)
{
    [TestMethod]
    public async Task AFailingDiskLosesNothing()
    {
        using var run = new DiskRun(new(Seed: 1, Rounds: 1, Runs.NoLimit, DaemonLaunch.FindProgram()), await Runs.ShimAsync());

        (await run.RunAsync(context.WriteLine)).AssertNoFindings(context);
    }
}
