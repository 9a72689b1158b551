using System.Diagnostics;

namespace Chat.TestKit.Tests;

/// <summary>Runs a shell script instead of the daemon.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class ProcessDaemonTests
{
    private const string Waits =
        "trap 'echo bye; exit 0' TERM; echo oops >&2; "
        + "port=$((4000 + $(cat runs 2>/dev/null || echo 0))); echo 1 > runs; "
        + "echo listening on tcp://127.0.0.1:$port; while :; do read -r _ || exit 1; done";

    [TestMethod]
    public async Task StartsAndStopsOnRequest()
    {
        await using var daemon = await StartAsync(Waits);
        Assert.AreEqual(4000, daemon.Port);
        daemon.Terminate();
        Assert.AreEqual(0, await daemon.ExitAsync());
        Assert.Contains("bye", daemon.Output);
        Assert.AreEqual("oops\n", daemon.Errors);
    }

    [TestMethod]
    public async Task CanBeKilled()
    {
        await using var daemon = await StartAsync(Waits);
        daemon.Kill();
        Assert.AreEqual(137, await daemon.ExitAsync());
        await daemon.StartAgainAsync();
        Assert.AreEqual(4001, daemon.Port, "over the same folder");
    }

    [TestMethod]
    public async Task RestartsInTheSameFolderAndDeletesIt()
    {
        var daemon = await StartAsync(Waits);
        await daemon.RestartAsync();
        Assert.AreEqual(4001, daemon.Port);
        Assert.IsTrue(Directory.Exists(daemon.Folder));
        await daemon.DisposeAsync();
        Assert.IsFalse(Directory.Exists(daemon.Folder));
    }

    [TestMethod]
    public async Task ReportsWhyTheStartFailed()
    {
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(() => StartAsync("echo port in use >&2; exit 3"));
        Assert.Contains("it ended with status 3", failure.Message);
        Assert.Contains("port in use", failure.Message);
    }

    private static Task<ProcessDaemon> StartAsync(string script) =>
        ProcessDaemon.StartAsync(folder => new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = folder.FullName });
}
