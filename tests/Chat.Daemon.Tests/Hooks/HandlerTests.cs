using Chat.Daemon.Commands;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class HandlerTests
{
    [TestMethod]
    public async Task EventsArriveInOrder()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana", lang: "en");
        var bia = await daemon.EnterAsync("bia");
        await ana.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        await bia.TypeAsync("/dizer olá");
        await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await daemon.WaitForEventAsync("bia left geral");
        string[] expected =
        [
            "ana joined geral (en)", "bia joined geral (pt-BR)", "1 ana to geral via : oi", "1 ana to bia via : psst",
            "2 bia to geral via dizer: olá", "bia left geral",
        ];
        Assert.AreEqual(string.Join('|', expected), string.Join('|', daemon.Events));
    }

    [TestMethod]
    public async Task AUserJoinsWithTheFirstConnectionAndLeavesWithTheLast()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (first, second) = (await daemon.EnterAsync("caio", Role.Member), await daemon.EnterAsync("caio", Role.Member));
        first.Abort();
        await second.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await daemon.WaitForEventAsync("caio left geral");
        Assert.AreEqual("caio joined geral (pt-BR)|caio left geral", string.Join('|', daemon.Events));
    }

    [TestMethod]
    public async Task ChangesAreEventsInTheirOrderAmongMessages()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        var bia = await daemon.EnterAsync("bia");
        await ana.SayAsync("geral", "oi");
        await ChangeAsync(ana, new ClientFrame.Edit(1, "!replace", "geral"));
        await ChangeAsync(bia, new ClientFrame.React(1, "👍", "geral"));
        await ChangeAsync(bia, new ClientFrame.React(1, "👍", "geral", Remove: true));
        await bia.SayAsync("geral", "olá");
        await ChangeAsync(ana, new ClientFrame.Delete(1, "geral"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        await ChangeAsync(ana, new ClientFrame.Edit(1, "ei", With: "bia"));
        await ChangeAsync(bia, new ClientFrame.React(1, "👍", With: "ana"));
        await ChangeAsync(ana, new ClientFrame.Delete(1, With: "bia"));
        await daemon.WaitForEventAsync("1 deleted by ana to bia");
        string[] expected =
        [
            "1 ana to geral via : oi", "1 edited by ana to geral: outra coisa, no fim", "1 +👍 by bia to geral",
            "1 -👍 by bia to geral",
            "2 bia to geral via : olá", "1 deleted by ana to geral", "1 ana to bia via : psst", "1 edited by ana to bia: ei",
            "1 +👍 by bia to ana", "1 deleted by ana to bia",
        ];
        Assert.AreEqual(string.Join('|', expected), string.Join('|', daemon.Events.Skip(2)));
    }

    [TestMethod]
    public async Task AChangeThatChangesNothingIsNotAnEvent()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "oi");
        await ChangeAsync(ana, new ClientFrame.Edit(1, "oi", "geral"));
        await ChangeAsync(ana, new ClientFrame.Edit(1, "!drop", "geral"));
        await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Edit(1, "!reject", "geral"));
        await ChangeAsync(ana, new ClientFrame.React(1, "👍", "geral", Remove: true));
        await ChangeAsync(ana, new ClientFrame.Delete(1, "geral"));
        await ChangeAsync(ana, new ClientFrame.Delete(1, "geral"));
        await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Edit(1, "tarde", "geral"));
        await ana.SayAsync("geral", "fim");
        await daemon.WaitForEventAsync("2 ana to geral via : fim");
        string[] expected = ["1 ana to geral via : oi", "1 deleted by ana to geral", "2 ana to geral via : fim"];
        Assert.AreEqual(string.Join('|', expected), string.Join('|', daemon.Events.Skip(1)));
    }

    [TestMethod]
    public async Task ARefusedOrDroppedMessageIsNotAnEvent()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        foreach (var text in (string[])["!reject", "!drop", "!replace"])
            await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(text, "geral"));
        await daemon.WaitForEventAsync("1 ana to geral via : outra coisa, no fim");
        Assert.HasCount(2, daemon.Events);
    }

    [TestMethod]
    public async Task ADeletedRoomIsToldAfterItsUsersHaveLeft()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var max = await daemon.EnterAsync("max", Role.Moderator);
        var ana = await daemon.Users.EnterAsync("ana", room: "jogos");
        await ana.SayAsync("jogos", "oi");
        Assert.AreEqual("confirm", await max.TypeAsync("/sala apagar jogos"));
        await max.ReplyAsync("/sala apagar jogos");
        await daemon.WaitForEventAsync("jogos deleted by max");
        Assert.AreEqual("ana left jogos|jogos deleted by max", string.Join('|', daemon.Events.TakeLast(2)));

        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("vazia"));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("vazia"));
        await daemon.WaitForEventAsync("vazia deleted by nobody");
    }

    [TestMethod]
    public async Task AHandlerThatThrowsReceivesTheNextEvent()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "oops");
        await ana.SayAsync("geral", "oi");
        await daemon.WaitForEventAsync("2 ana to geral via : oi");
        Assert.Contains("Handler failed: Witness of plugin filters, event MessagePosted", string.Join('\n', daemon.Log.Lines));
    }

    [TestMethod]
    public async Task AStalledHandlerLosesTheNewestEventsAndIsLogged()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "ignore");
        await daemon.WaitForEventAsync("1 ana to geral via : ignore");
        for (var i = 2; i <= 1_101; i++) await ana.SendAsync(new ClientFrame.Message($"{i}", "geral"));
        await ana.SettleAsync();
        await daemon.Log.LineAsync(
            l => l.Contains("for handler Witness of plugin filters, which is too slow or has stopped", StringComparison.Ordinal));
        Assert.AreEqual(100, daemon.Users.Daemon.Get<CommandRegistry>().Current.Hooks.Tallies["filters"].LostEvents);
        var metrics = await daemon.MetricsAsync();
        Assert.Contains("chat_handler_events_total{plugin=\"filters\",hook=\"Witness\",outcome=\"lost\"} 100", metrics);
        Assert.Contains("chat_handler_queue{plugin=\"filters\",hook=\"Witness\"} 1000", metrics);
        await ana.TypeAsync("/abrir");
        await daemon.WaitForEventAsync("1001 ana to geral via : 1001");
        await ana.SayAsync("geral", "oi");
        await daemon.WaitForEventAsync("1102 ana to geral via : oi");
        Assert.DoesNotContain("1002 ana to geral via : 1002", daemon.Events);
        Assert.Contains("chat_handler_queue{plugin=\"filters\",hook=\"Witness\"} 0", await daemon.MetricsAsync());
    }

    [TestMethod]
    public async Task AHangingHandlerIsAbandonedWhenTheDaemonStops()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "stall");
        await ana.SayAsync("geral", "oi");
        await daemon.WaitForEventAsync("1 ana to geral via : stall");
        await daemon.Users.Daemon.StopAsync();
        Assert.DoesNotContain("2 ana to geral via : oi", daemon.Events);
        await daemon.Log.LineAsync(
            l => l.Contains("for handler Witness of plugin filters, which is too slow or has stopped", StringComparison.Ordinal));
    }

    private static Task<DaemonFrame.Change> ChangeAsync(TestClient client, ClientFrame change) =>
        client.AskAsync<DaemonFrame.Change>(change);
}
