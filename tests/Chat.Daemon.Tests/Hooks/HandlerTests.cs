using Chat.Daemon.Commands;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class HandlerTests
{
    [TestMethod]
    public async Task EventsArriveInTheirOrder()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var ana = await stage.EnterAsync("ana", lang: "en");
        var bia = await stage.EnterAsync("bia");
        await ana.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        await bia.TypeAsync("/dizer olá");
        await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await stage.HearsAsync("bia left geral");
        Assert.AreEqual(
            "ana joined geral (en)|bia joined geral (pt-BR)|1 ana to geral via : oi|1 ana to bia via : psst|2 bia to geral via dizer: olá|bia left geral",
            string.Join('|', stage.Heard));
    }

    [TestMethod]
    public async Task UserJoinsWithTheFirstConnectionAndLeavesWithTheLast()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var (first, second) = (await stage.EnterAsync("caio", Role.Member), await stage.EnterAsync("caio", Role.Member));
        first.Abort();
        await second.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await stage.HearsAsync("caio left geral");
        Assert.AreEqual("caio joined geral (pt-BR)|caio left geral", string.Join('|', stage.Heard));
    }

    [TestMethod]
    public async Task RefusedOrDroppedMessageIsNoEvent()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var ana = await stage.EnterAsync("ana");
        foreach (var text in (string[])["!reject", "!drop", "!replace"])
            await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(text, "geral"));
        await stage.HearsAsync("1 ana to geral via : outra coisa, no fim");
        Assert.HasCount(2, stage.Heard);
    }

    [TestMethod]
    public async Task HandlerThatThrowsGetsTheNextEvent()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var ana = await stage.EnterAsync("ana");
        await ana.SayAsync("geral", "oops");
        await ana.SayAsync("geral", "oi");
        await stage.HearsAsync("2 ana to geral via : oi");
        Assert.Contains("Handler failed: Witness of plugin filters, event MessagePosted", string.Join('\n', stage.Log.Lines));
    }

    [TestMethod]
    public async Task StalledHandlerLosesTheNewestEventsAndIsLogged()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var ana = await stage.EnterAsync("ana");
        await ana.SayAsync("geral", "ignore");
        await stage.HearsAsync("1 ana to geral via : ignore");
        for (var i = 2; i <= 1_101; i++) await ana.SendAsync(new ClientFrame.Message($"{i}", "geral"));
        await ana.SettleAsync();
        await stage.Log.LineAsync(
            l => l.Contains("for handler Witness of plugin filters, which is too slow or has stopped", StringComparison.Ordinal));
        Assert.AreEqual(100, stage.Cast.Daemon.Get<CommandRegistry>().Current.Hooks.Tallies["filters"].LostEvents);
        var metrics = await stage.MetricsAsync();
        foreach (var line in new[] { "chat_handler_events_total{plugin=\"filters\",hook=\"Witness\",outcome=\"lost\"} 100", "chat_handler_queue{plugin=\"filters\",hook=\"Witness\"} 1000" }) Assert.Contains(line, metrics);
        await ana.TypeAsync("/abrir");
        await stage.HearsAsync("1001 ana to geral via : 1001");
        await ana.SayAsync("geral", "oi");
        await stage.HearsAsync("1102 ana to geral via : oi");
        Assert.DoesNotContain("1002 ana to geral via : 1002", stage.Heard);
        Assert.Contains("chat_handler_queue{plugin=\"filters\",hook=\"Witness\"} 0", await stage.MetricsAsync());
    }

    [TestMethod]
    public async Task HangingHandlerIsCutOffAtTheStop()
    {
        await using var stage = await Stage.WithAsync("Filters");
        var ana = await stage.EnterAsync("ana");
        await ana.SayAsync("geral", "stall");
        await ana.SayAsync("geral", "oi");
        await stage.HearsAsync("1 ana to geral via : stall");
        await stage.Cast.Daemon.StopAsync();
        Assert.DoesNotContain("2 ana to geral via : oi", stage.Heard);
        await stage.Log.LineAsync(
            l => l.Contains("for handler Witness of plugin filters, which is too slow or has stopped", StringComparison.Ordinal));
    }
}
