using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Programs;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Plugins;

/// <summary>What the operator reads when a plugin comes into force: what may it do that it could not before?</summary>
[TestClass]
public sealed class SwapLogTests
{
    [TestMethod]
    public async Task ItSaysWhatIsNew()
    {
        using var folder = new ScratchFolder();
        Drop("AskerOne", folder);
        var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null, ("Chat:Plugins:Folders:0", folder.Path), ("Chat:Plugins:SettleMilliseconds", "0"), ("Chat:Plugins:PollMilliseconds", "100"));
        Assert.EndsWith("is active. Commands added: perguntar. Permissions: asker.ask (admin). It asks for: storage.", await LineAsync(log, "Plugin asker 1.0 from"));

        Drop("AskerTwo", folder);
        Assert.EndsWith(
            "is active in place of 1.0. Commands added: parar; changed: perguntar. Permissions added: asker.ask (guest), command.parar (guest)."
            + " Hooks added: filter Listener, handler Listener. It now also asks for: daemon control, rooms.",
            await LineAsync(log, "Plugin asker 2.0 from"));

        await daemon.Get<PluginSupervisor>().OrderAsync(Chat.Daemon.Commands.PluginOrder.Reload, "asker", "en", CancellationToken.None);
        Assert.EndsWith("is active in place of 2.0.", await LineAsync(log, "in place of 2.0"));
    }

    /// <summary>Without the blank that the captured log puts before the exception.</summary>
    private static async Task<string> LineAsync(CapturedLog log, string part) => (await log.LineAsync(l => l.Contains(part, StringComparison.Ordinal)))[..^1];

    private static void Drop(string fixture, ScratchFolder folder)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "fixtures", fixture, fixture + ".dll"), folder["new"]);
        File.Move(folder["new"], folder["Asker.dll"], overwrite: true);
    }
}
