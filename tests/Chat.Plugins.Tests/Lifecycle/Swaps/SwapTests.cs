using Chat.Daemon.Commands;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Swaps in a real daemon, seen from real connections.</summary>
[TestClass]
public sealed class SwapTests
{
    private const int Users = 100, Swaps = 20;

    private static readonly (string, string)[] Quick =
        [("Chat:Plugins:SettleMilliseconds", "50"), ("Chat:Plugins:PollMilliseconds", "250")];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod, Timeout(180_000)]
    public async Task ASwapUnderLoadLosesNoCommand()
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
    public async Task ClientsThatAskedForCommandsAreToldOfTheChange()
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
    public async Task AnAdminManagesPluginsFromTheChat()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Lang: "en"));
        Assert.AreEqual("v0001 1", await RunAsync(admin, "/versao"));
        Assert.AreEqual("command_failed", await RefusalAsync(admin, "/tropecar"));
        Assert.Contains("BadMoodException", log.Lines.Single(l => l.Failure is not null).Failure!.Message);
        await DropAsync(daemon, log, 2);
        await log.HasAsync("Plugin versioned v0001 is collected"); // although the log has its exception
        Assert.AreEqual("v0002 1", await RunAsync(admin, "/versao"));
        Assert.StartsWith("versioned v0001 — active", await RunAsync(admin, "/plugins rollback versioned"));
        Assert.AreEqual("v0001 1", await RunAsync(admin, "/versao"));
        Assert.Contains("versioned v0001 — active (", await RunAsync(admin, "/plugins"));
        Assert.AreEqual("own_plugin", await RefusalAsync(admin, "/plugins disable administration"));
        Assert.AreEqual("no_such_plugin", await RefusalAsync(admin, "/plugins reload nobody"));
        Assert.StartsWith("administration", await RunAsync(admin, "/plugins reload administration")); // does not wait for itself
        await log.HasAsync("Plugin administration 0.1.0 is collected");
        await using var ana = await daemon.GuestAsync("ana", "geral");
        Assert.AreEqual("forbidden", await RefusalAsync(ana, "/plugins reload versioned"));
    }

    [TestMethod]
    public async Task AnInvocationOfARemovedPluginDoesNotDelayTheShutdown()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await ana.SendAsync(new ClientFrame.Message("/esperar", "geral") { Id = "w" });
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "oi");
        File.Delete(Path.Combine(DropFolder(daemon), "Versioned.dll"));
        await log.HasAsync("Plugin versioned v0001 was removed");
        Assert.AreEqual("no_such_command", await RefusalAsync(bia, "/versao"));
        await daemon.StopAsync(); // does not wait for the drain
        Assert.IsTrue(log.Lines.Any(l => l.Text.StartsWith("Stopped", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task AShutdownDuringASwapEndsCleanly()
    {
        var log = new CapturedLog();
        await using var daemon = await StartAsync(log);
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), FixtureVersion.Of(2, "hangs"));
        await admin.SendAsync(new ClientFrame.Message("/plugins recarregar versioned", "geral"));
        while (daemon.Get<PluginSupervisor>().PluginsIn("en").All(p => p.State != "starting"))
            await Task.Delay(1, TestContext.CancellationToken);
        await daemon.StopAsync();
        Assert.IsTrue(log.Lines.Any(l => l.Text.StartsWith("Stopped", StringComparison.Ordinal)));
        Assert.IsFalse(log.Lines.Any(l => l.Text.StartsWith("Cannot update the plugins", StringComparison.Ordinal)));
    }

    internal static string DropFolder(TestDaemon daemon) => Path.Combine(daemon.Folder, "Plugins");

    private static async Task<TestDaemon> StartAsync(CapturedLog log)
    {
        var daemon = await TestDaemon.StartAsync(log, null, Quick);
        Directory.CreateDirectory(DropFolder(daemon));
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), FixtureVersion.Of(1));
        await log.HasAsync("Plugin versioned v0001 from");
        return daemon;
    }

    private static async Task DropAsync(TestDaemon daemon, CapturedLog log, int number)
    {
        await File.WriteAllBytesAsync(Path.Combine(DropFolder(daemon), "Versioned.dll"), FixtureVersion.Of(number));
        await log.HasAsync($"Plugin versioned {FixtureVersion.NameOf(number)} from");
    }

    private static async Task<string> RunAsync(TestClient client, string line) =>
        (await client.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, "geral"))).Text;

    private static async Task<string> RefusalAsync(TestClient client, string line) =>
        (await client.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(line, "geral"))).Code;
}
