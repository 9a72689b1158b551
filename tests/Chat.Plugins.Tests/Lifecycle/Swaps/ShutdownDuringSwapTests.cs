using Chat.Daemon.Plugins.Lifecycle;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Invocations that run while their plugin is removed or the daemon stops.</summary>
[TestClass]
public sealed class ShutdownDuringSwapTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TheCallerOfARemovedCommandIsAnsweredWhenTheDrainEnds()
    {
        var (log, time) = (new CapturedLog(), new TestTime());
        await using var daemon = await TestDaemon.StartAsync(log, time);
        var dropped = Path.Combine(Directory.CreateDirectory(SwapTests.DropFolder(daemon)).FullName, "Clumsy.dll");
        File.Copy(PluginSandbox.Fixture("Clumsy"), dropped);
        await SettleAsync(daemon, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SendAsync(new ClientFrame.Message("/esperar", "geral") { Id = "w" });
        await log.HasAsync("A command waits");
        File.Delete(dropped);
        await SettleAsync(daemon, time);
        await log.HasAsync("Plugin clumsy 0.1.0 was removed");
        Assert.AreEqual("no_such_command", (await bia.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("/esperar", "geral"))).Code);
        Assert.IsFalse(ana.Waiting.Any(r => r.Frame is DaemonFrame.Error)); // it may run for ten seconds
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual("unavailable", (await ana.ExpectAsync<DaemonFrame.Error>(e => e.Id == "w")).Code);
        await log.HasAsync("A command was cancelled");
        await log.HasAsync("Plugin clumsy 0.1.0 has stopped");
        await ana.SayAsync("geral", "ainda aqui");
    }

    [TestMethod]
    [DataRow("hangs", false, DisplayName = "while the new version starts")]
    [DataRow("calm!", true, DisplayName = "while the old version drains")]
    public async Task AShutdownCommandDuringASwapEndsCleanly(string mood, bool isCalled)
    {
        var report = new SwapReport();
        await using var series = await SwapSeries.StartAsync("Versioned", report);
        await using var admin = await series.Daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await using var ana = await series.Daemon.GuestAsync("ana", "geral");
        if (isCalled) await ana.SendAsync(new ClientFrame.Message("/esperar", "geral") { Id = "w" });
        await File.WriteAllBytesAsync(Path.Combine(series.Folder, "Versioned.dll"), FixtureVersion.Of(2, mood));
        var (supervisor, state) = (series.Daemon.Get<PluginSupervisor>(), isCalled ? "draining" : "starting");
        while (supervisor.PluginsIn("en").All(p => p.State != state)) await Task.Delay(1, TestContext.CancellationToken);
        var ended = series.Daemon.EndedAsync();
        Assert.AreEqual("O servidor está sendo encerrado.",
            (await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/encerrar", "geral"))).Text);
        foreach (var client in (TestClient[])[admin, ana])
            Assert.AreEqual("shutdown", (await client.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ended.WaitAsync(TimeSpan.FromSeconds(10));
        await series.Daemon.StopAsync();
        Assert.IsTrue(series.Log.Lines.Any(l => l.Text.StartsWith("Stopped", StringComparison.Ordinal)));
        Assert.IsEmpty(series.Log.Lines.Where(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error).Select(l => l.Text));
    }

    /// <summary>Returns when the dropped files are in effect.</summary>
    private static async Task SettleAsync(TestDaemon daemon, TestTime time)
    {
        var plugins = daemon.Get<PluginSupervisor>();
        await plugins.ScanAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await plugins.ScanAsync();
    }
}
