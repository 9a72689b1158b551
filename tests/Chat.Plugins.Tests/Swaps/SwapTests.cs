using Chat.Daemon.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Plugins.Tests.Swaps;

/// <summary>A whole daemon and real connections.</summary>
[TestClass]
public sealed class SwapTests
{
    private const int Users = 100, Swaps = 20;

    private static readonly (string, string)[] Quick = [("Chat:Plugins:SettleMilliseconds", "50"), ("Chat:Plugins:PollMilliseconds", "250")];

    [TestMethod, Timeout(180_000)]
    public async Task UnderLoadASwapLosesNothing()
    {
        var report = new SwapReport();
        await using var series = await SwapSeries.StartAsync("Versioned", report);
        await using (var crowd = await SwapCrowd.GatherAsync(series.Daemon.Port, report, Users, "/versao", TimeSpan.FromMilliseconds(200)))
        {
            await series.SwapAsync(from: 2, Swaps);
            await crowd.HushAsync();
            Assert.IsLessThanOrEqualTo(3, series.MostAlive);
        }
        Assert.IsEmpty(report.Faults);
        Assert.IsGreaterThan(Users * 3, report.Answers.Count);
        await series.CollectedAsync(Swaps);
        Assert.IsFalse(series.Log.Lines.Any(l => l.Text.Contains("leaked", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task WhoAskedForCommandsHearsOfTheChange()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var ana = await daemon.GuestAsync("ana");
        await using var bia = await daemon.GuestAsync("bia");
        var before = await ana.AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands());
        Assert.IsTrue(before.Entries.Any(e => e.Name == "versao"));
        File.Delete(Path.Combine(DropFolder(daemon), "Versioned.dll"));
        await ana.ExpectAsync<DaemonFrame.CommandsChanged>();
        var after = await ana.AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands());
        Assert.IsFalse(after.Entries.Any(e => e.Name == "versao"));
        await bia.ExpectNothingAsync();
    }

    [TestMethod]
    public async Task AnAdminOrdersFromWithinTheChat()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Lang: "en"));
        Assert.AreEqual("v0001 1", await RunAsync(admin, "/versao"));
        Assert.AreEqual("command_failed", await RefusalAsync(admin, "/tropecar"));
        Assert.Contains("BadMoodException", log.Lines.Single(l => l.Failure is not null).Failure!.Message);
        await DropAsync(daemon, log, 2);
        await log.HasAsync("Plugin versioned v0001 is collected"); // though the log holds what it threw
        Assert.AreEqual("v0002 1", await RunAsync(admin, "/versao"));
        Assert.StartsWith("versioned v0001 — active", await RunAsync(admin, "/plugins rollback versioned"));
        Assert.AreEqual("v0001 1", await RunAsync(admin, "/versao"));
        Assert.StartsWith("versioned v0001 — active (", (await RunAsync(admin, "/plugins")).Split('\n').Single(l => l.Contains("versioned v0001 — active", StringComparison.Ordinal)));
        Assert.AreEqual("own_plugin", await RefusalAsync(admin, "/plugins disable administration"));
        Assert.AreEqual("no_such_plugin", await RefusalAsync(admin, "/plugins reload nobody"));
        Assert.StartsWith("administration", await RunAsync(admin, "/plugins reload administration")); // it does not wait for itself
        await log.HasAsync("Plugin administration 0.1.0 is collected");
        await using var ana = await daemon.GuestAsync("ana", "geral");
        Assert.AreEqual("forbidden", await RefusalAsync(ana, "/plugins reload versioned"));
    }

    [TestMethod]
    public async Task WhatRunsWhileItsPluginIsTakenAwayIsCancelledAndAnswered()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await ana.SendAsync(new ClientFrame.Message("/esperar", "geral") { Id = "w" });
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "oi");
        File.Delete(Path.Combine(DropFolder(daemon), "Versioned.dll"));
        await log.HasAsync("Plugin versioned v0001 is taken out");
        Assert.AreEqual("no_such_command", await RefusalAsync(bia, "/versao"));
        await daemon.StopAsync(); // the daemon's end does not wait for its patience
        Assert.IsTrue(log.Lines.Any(l => l.Text.StartsWith("Stopped", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task ASwapDuringTheShutdownEndsCleanly()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), Versions.Of(2, "hangs"));
        await admin.SendAsync(new ClientFrame.Message("/plugins recarregar versioned", "geral"));
        while (!daemon.Get<IPluginInventory>().PluginsIn("en").Any(p => p.State == "starting")) await Task.Yield();
        await daemon.StopAsync();
        Assert.IsTrue(log.Lines.Any(l => l.Text.StartsWith("Stopped", StringComparison.Ordinal)));
        Assert.IsFalse(log.Lines.Any(l => l.Text.StartsWith("Plugins could not be looked after", StringComparison.Ordinal)));
    }

    internal static string DropFolder(TestDaemon daemon) => Path.Combine(daemon.Folder, "Plugins");

    private static async Task<TestDaemon> StartAsync(CapturedLog log)
    {
        var daemon = await TestDaemon.StartAsync(log, null, Quick);
        Directory.CreateDirectory(DropFolder(daemon));
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), Versions.Of(1));
        await log.HasAsync("Plugin versioned v0001 from");
        return daemon;
    }

    private static async Task DropAsync(TestDaemon daemon, CapturedLog log, int number)
    {
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), Versions.Of(number));
        await log.HasAsync($"Plugin versioned {Versions.NameOf(number)} from");
    }

    private static async Task<string> RunAsync(TestClient client, string line) => (await client.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, "geral"))).Text;

    private static async Task<string> RefusalAsync(TestClient client, string line) => (await client.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(line, "geral"))).Code;
}
