using Fuzz.Attack;

namespace Chat.Fuzz.Tests;

/// <summary>Mutated frames over the real socket, with a bystander.</summary>
[TestClass]
public sealed class AttackTests
{
    private const int Frames = 4_000;

    [TestMethod]
    public async Task TheDaemonOutlivesMutatedFramesAndABystanderLosesNothing()
    {
        var report = await SocketFuzz.RunAsync(Frames, seed: 1);
        Assert.IsEmpty(report.Problems, report.ToString());
        Assert.IsGreaterThanOrEqualTo(Frames, report.Frames);
        Assert.IsGreaterThan(10, report.Echoes);
    }
}
