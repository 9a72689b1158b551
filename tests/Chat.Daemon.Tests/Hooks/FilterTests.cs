using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class FilterTests
{
    [TestMethod]
    public async Task ReplacementIsSeenByEverybodyAndTheNextFilter()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        Assert.AreEqual("outra coisa, no fim", (await ana.SayAsync("geral", "!replace")).Text);
        Assert.AreEqual("outra coisa, no fim", (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
        var page = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        Assert.AreEqual("outra coisa, no fim", page.Messages.Single().Text);
    }

    [TestMethod]
    [DataRow("!reject", RefusalCode.Rejected, "assim não", null)]
    [DataRow("!mute", RefusalCode.Rejected, "Esta mensagem foi rejeitada.", null)]
    [DataRow("!later", RefusalCode.RateLimited, "daqui a pouco", 7_000L)]
    public async Task RejectedMessageIsRefusedAndTakesNoNumber(string text, string code, string reason, long? retryAfter)
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, "geral"));
        Assert.AreEqual((code, reason, "geral", retryAfter), (refusal.Code, refusal.Text, refusal.Room, refusal.RetryAfter));
        await bia.ExpectNothingAsync();
        Assert.AreEqual(1, (await ana.SayAsync("geral", "oi")).Seq);
    }

    [TestMethod]
    public async Task DroppedMessageIsAnsweredAndNotStored()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        Assert.AreEqual("", (await ana.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("!drop", "geral"))).Text);
        await ana.SendAsync(new ClientFrame.Message("!drop", "geral")); // without an id there is nothing to answer
        await ana.ExpectNothingAsync();
        await bia.ExpectNothingAsync();
        Assert.IsEmpty((await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages);
    }

    [TestMethod]
    public async Task DirectMessageIsFiltered()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        Assert.AreEqual(RefusalCode.Rejected, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("!reject", To: "bia"))).Code);
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("!replace", To: "bia"));
        Assert.AreEqual(("outra coisa, no fim", "bia", 1L), Of(await bia.ExpectAsync<DaemonFrame.Message>()));
        await daemon.Log.LineAsync(l => l.Contains("Saw ana to bia via : !replace", StringComparison.Ordinal));

        static (string, string?, long) Of(DaemonFrame.Message m) => (m.Text, m.To, m.Seq);
    }

    [TestMethod]
    public async Task PostOfACommandIsFiltered()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        Assert.AreEqual("", await ana.TypeAsync("/dizer !replace"));
        var posted = await bia.ExpectAsync<DaemonFrame.Message>();
        Assert.AreEqual(("outra coisa, no fim", "dizer"), (posted.Text, posted.Via));
        Assert.AreEqual(RefusalCode.Rejected, await ana.TypeAsync("/dizer !reject"));
        Assert.AreEqual("", await ana.TypeAsync("/dizer !drop"));
        Assert.AreEqual("mandada", await ana.TypeAsync("/mandar !replace"));
        Assert.AreEqual("outra coisa, no fim", (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
        Assert.AreEqual(RefusalCode.Rejected, await ana.TypeAsync("/mandar !reject"));
        Assert.AreEqual("mandada", await ana.TypeAsync("/mandar !drop"));
        await bia.ExpectNothingAsync();
        await daemon.Log.LineAsync(l => l.Contains("Saw ana to geral via dizer: !drop", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task ResentMessageIsNotFilteredAgain()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        var first = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("!replace", "geral") { Id = "m1" });
        var again = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("!reject", "geral") { Id = "m1" });
        Assert.AreEqual(first, again);
        Assert.HasCount(1, daemon.Log.Lines.Where(l => l.Contains("Saw ", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public async Task PipelinedMessagesKeepTheirOrderAndDelayNobodyElse()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        await ana.SendAsync(new ClientFrame.Message("!wait", "geral"));
        for (var i = 0; i < 20; i++) await ana.SendAsync(new ClientFrame.Message(i % 3 == 0 ? $"slow {i}" : $"fast {i}", "geral"));
        await daemon.Log.LineAsync(l => l.Contains("ana to geral via : !wait", StringComparison.Ordinal));
        Assert.AreEqual(1, (await bia.SayAsync("geral", "oi")).Seq);
        await bia.TypeAsync("/abrir");
        Assert.AreEqual("!wait", (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
        for (var i = 0; i < 20; i++) Assert.EndsWith($" {i}", (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
    }

    [TestMethod]
    public async Task MessageOfAUserKickedMeanwhileIsRefused()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, mara) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("mara", Role.Moderator));
        await ana.SendAsync(new ClientFrame.Message("!wait", "geral") { Id = "m1" });
        await daemon.Log.LineAsync(l => l.Contains("ana to geral via : !wait", StringComparison.Ordinal));
        await mara.ReplyAsync("/kick ana");
        await mara.TypeAsync("/abrir");
        Assert.AreEqual(RefusalCode.NotInRoom, (await ana.ExpectAsync<DaemonFrame.Error>()).Code);
    }
}
