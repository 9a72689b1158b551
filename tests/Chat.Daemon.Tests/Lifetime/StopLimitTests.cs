using System.Diagnostics;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Lifetime;

/// <summary>The process ends within 15 s of the order to stop, whatever a plugin does against it.</summary>
[TestClass]
public sealed class StopLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [TestMethod]
    [DataRow("/fio", 0)] // a foreground thread, and a disposal that hangs
    [DataRow("/saída", 0)] // a handler of the process's exit that hangs: the stop itself was clean
    [DataRow("/despejo", 6)] // a handler of its unloading that hangs
    public async Task PluginThatClingsToTheProcessIsCutOff(string line, int status)
    {
        using var drop = new ScratchFolder();
        TestUsers.Drop("Limpet", drop.Path);
        await using var daemon = await ProcessDaemon.StartAsync("--plugins", drop.Path);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana", "geral");
        Assert.AreEqual("preso", (await ana.ReplyAsync(line)).Text);
        var watch = Stopwatch.StartNew();
        daemon.Terminate();
        Assert.AreEqual(status, await daemon.ExitAsync());
        Assert.IsLessThan(Limit, watch.Elapsed);
        Assert.AreEqual(status == 6, daemon.Errors.Contains("Stop cut off", StringComparison.Ordinal), daemon.Errors);
    }
}
