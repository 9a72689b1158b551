using CrashChecker;
using CrashChecker.Power;

namespace Chat.Crash.Tests;

/// <summary>Short runs of the checker's programs against the built daemon.</summary>
internal static class Runs
{
    public static readonly TimeSpan NoLimit = TimeSpan.FromHours(1);

    /// <summary>Skips the test where the library cannot be compiled.</summary>
    public static async Task<Shim> ShimAsync() =>
        await Shim.FindAsync()
            ?? throw new AssertInconclusiveException("Tests of disk faults and power loss need Linux and a C compiler (cc).");

    public static void AssertNoFindings(this Report report, TestContext context)
    {
        context.WriteLine(report.ToString());
        Assert.IsTrue(report.ShowsNoFault, report.ToString());
    }
}
