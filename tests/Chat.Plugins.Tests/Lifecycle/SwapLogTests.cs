using Chat.Daemon.Plugins.Lifecycle;
using Chat.TestKit;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>When a plugin becomes active, the log says what it can do that the version before it could not.</summary>
[TestClass]
public sealed class SwapLogTests
{
    [TestMethod]
    public async Task TheLogLineListsWhatIsNew()
    {
        var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(
            log, null, ("Chat:Plugins:SettleMilliseconds", "0"), ("Chat:Plugins:PollMilliseconds", "100"));
        Drop("AskerOne", daemon);
        Assert.EndsWith(
            "is active. Commands added: perguntar. Permissions: asker.ask (admin). It asks for: storage.",
            await LineAsync(log, "Plugin asker 1.0 from"));

        Drop("AskerTwo", daemon);
        Assert.EndsWith(
            "is active in place of 1.0. Commands added: parar; changed: perguntar."
            + " Permissions added: asker.ask (guest), command.parar (guest)."
            + " Hooks added: filter Listener, handler Listener. It now also asks for: daemon control, rooms.",
            await LineAsync(log, "Plugin asker 2.0 from"));

        await daemon.Get<PluginSupervisor>().ApplyAsync(PluginAction.Reload, "asker", "en", CancellationToken.None);
        Assert.EndsWith("is active in place of 2.0.", await LineAsync(log, "in place of 2.0"));
    }

    private static async Task<string> LineAsync(CapturedLog log, string part)
    {
        await log.HasAsync(part);
        return log.Lines.First(line => line.Text.Contains(part, StringComparison.Ordinal)).Text;
    }

    private static void Drop(string fixture, TestDaemon daemon)
    {
        var folder = Directory.CreateDirectory(Path.Combine(daemon.Folder, "Plugins")).FullName;
        var arriving = Path.Combine(daemon.Folder, "arriving");
        File.Copy(PluginSandbox.Fixture(fixture), arriving);
        File.Move(arriving, Path.Combine(folder, "Asker.dll"), overwrite: true);
    }
}
