using CrashChecker.Daemons;
using CrashChecker.Kills;

namespace Chat.Crash.Tests;

/// <summary>Nothing is lost when the daemon is killed. By hand: <c>CrashChecker kill --kills 1000</c>.</summary>
[TestClass, DoNotParallelize]
public sealed class KillTests(TestContext context)
{
    [TestMethod]
    public async Task KillsAtEachMomentLoseNothing()
    {
        var report = await KillRun.RunAsync(new(Seed: 1, Kills: 13, Runs.NoLimit, DaemonLaunch.FindProgram()), context.WriteLine);

        report.AssertNoFindings(context);
    }
}
