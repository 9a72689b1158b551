using Chat.Daemon.Commands;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>What happens outside of conversations, and what a plugin can look up when no command runs.</summary>
[TestClass]
public sealed class OutsideEventTests
{
    [TestMethod]
    public async Task ModerationIsTold()
    {
        await using var daemon = await PluginDaemon.WithAsync("Onlooker");
        var max = await daemon.EnterAsync("max", Role.Moderator);
        await daemon.EnterAsync("ana");
        await max.ReplyAsync("/kick ana propaganda");
        await daemon.WaitForEventAsync("ana kicked from geral by max: propaganda");
        await max.ReplyAsync("/ban ana 1h spam");
        await daemon.WaitForEventAsync("ana banned by max for a time: spam");
        await max.TypeAsync("/topico Café");
        await daemon.WaitForEventAsync("topic of geral by max: Café");
        await daemon.WaitForEventAsync("/topico by max in geral: ok");
    }

    [TestMethod]
    public async Task AccountsAndCommandsAreTold()
    {
        await using var daemon = await PluginDaemon.WithAsync("Onlooker");
        var admin = await daemon.Users.AdminAsync();
        await admin.TypeAsync("/conta criar dora uma senha boa");
        await daemon.WaitForEventAsync("account dora Member");
        await admin.ReplyAsync("/papel dora moderador");
        await daemon.WaitForEventAsync("role dora Moderator");
        await admin.ReplyAsync("/papel dora moderador"); // changes nothing
        await admin.TypeAsync("/kick dora");
        await daemon.WaitForEventAsync("/kick by admin in geral: not_in_room");
        Assert.DoesNotContain("senha", string.Join('|', daemon.Events));
        Assert.ContainsSingle(happened => happened.StartsWith("role ", StringComparison.Ordinal), daemon.Events);
    }

    [TestMethod]
    public async Task PluginsAndTheEndAreTold()
    {
        await using var daemon = await PluginDaemon.WithAsync("Onlooker");
        var admin = await daemon.Users.AdminAsync();
        Assert.Contains("onlooker none to 1.0", daemon.Events);
        await admin.TypeAsync("/plugins desativar welcome");
        await daemon.Log.LineAsync(
            l => l.Contains("Heard welcome", StringComparison.Ordinal) && l.TrimEnd().EndsWith("to none", StringComparison.Ordinal));
        await daemon.Users.Daemon.StopAsync();
        Assert.Contains("the end", daemon.Events);
    }

    [TestMethod]
    public async Task AHandlerHearsOnlyTheRoomsThatItNeeds()
    {
        await using var daemon = await PluginDaemon.WithAsync("Onlooker");
        var (ana, max) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("max", Role.Moderator));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("obras"));
        await ana.SayAsync("geral", "only obras");
        await ana.SayAsync("geral", "?de geral"); // perhaps before the handler has said so
        await ana.SayAsync("obras", "?um");
        await daemon.WaitForEventAsync("?um");
        await ana.SayAsync("geral", "?dois");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("?três", To: "max"));
        await max.TypeAsync("/topico Café");
        await ana.SayAsync("obras", "all");
        await ana.SayAsync("obras", "?quatro");
        await daemon.WaitForEventAsync("?quatro");
        await ana.SayAsync("geral", "?cinco");
        await daemon.WaitForEventAsync("?cinco");
        Assert.AreEqual(
            "?um|?quatro|?cinco", string.Join('|', daemon.Events.Where(heard => heard[0] == '?' && heard != "?de geral")));
        Assert.DoesNotContain("Café", string.Join('|', daemon.Events));
        Assert.IsTrue(daemon.Users.Daemon.Get<CommandRegistry>().Current.Hooks.HearsConversation(null));
        await ana.SayAsync("geral", "rest");
        await ana.SayAsync("geral", "?seis"); // perhaps before the handler rests
        using var polls = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (daemon.Users.Daemon.Get<CommandRegistry>().Current.Hooks.HearsConversation(null)) await polls.WaitForNextTickAsync();
        await ana.SayAsync("geral", "?sete");
        Assert.DoesNotContain("?sete", daemon.Events);
    }

    [TestMethod]
    public async Task APluginLooksAroundWithoutACaller()
    {
        await using var daemon = await PluginDaemon.WithAsync("Onlooker");
        await daemon.Users.AccountAsync("dora", Role.Member);
        var caio = await daemon.EnterAsync("caio", Role.Member);
        var ana = await daemon.EnterAsync("ana");
        await caio.ReplyAsync("/privada planos");
        await ana.SayAsync("geral", "look");
        await daemon.WaitForEventAsync(
            "rooms geral 2, planos* 1; present ana caio; members caio; online ana caio; dora Member away; nobody");
    }
}
