using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Hooks;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>Every text of a user that others see passes the same rules, mutes and filters.</summary>
[TestClass]
public sealed class TextGateTests
{
    [TestMethod]
    public async Task AMutedGuestSpeaksByNoOtherText()
    {
        await using var users = await TestUsers.StartAsync();
        var (max, bia) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("bia"));
        var gil = await users.EnterAsync("gil");
        await gil.ReplyAsync("/privada gil-fala");
        await gil.ExpectAsync<DaemonFrame.Joined>(j => j.Room == "gil-fala");
        await max.ReplyAsync("/mute gil 10m --todas");
        foreach (var line in (string[])["oi", "/topico oi", "/topico \"\"", "/msg bia oi"])
            Assert.AreEqual("muted", await gil.TypeAsync(line), line);
        Assert.AreEqual("muted", await gil.TypeAsync("/convidar bia", "gil-fala"));
        await bia.SettleAsync();
        Assert.IsFalse(bia.Waiting.Any(w => w.Frame is DaemonFrame.Notice or DaemonFrame.Message));
    }

    [TestMethod]
    public async Task TopicsReasonsAndInvitationsPassTheFilters()
    {
        await using var users = await TestUsers.StartAsync();
        var (max, bia) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("bia"));
        await max.ReplyAsync("/palavra bloquear batata");
        await max.ReplyAsync("/privada batata");
        await max.ExpectAsync<DaemonFrame.Joined>(j => j.Room == "batata");
        string[] lines =
        [
            "uma batata", "/topico uma batata", "/boas-vindas uma batata", "/kick bia batata", "/ban bia 1h batata", "/mute bia 1h batata",
            "/ban rede 203.0.113.0/24 1h batata",
        ];
        foreach (var line in lines) Assert.AreEqual("rejected", await max.TypeAsync(line), line);
        Assert.AreEqual("rejected", await max.TypeAsync("/convidar bia", "batata"));
        var admin = await users.AdminAsync();
        Assert.AreEqual("rejected", await admin.TypeAsync("/encerrar 1h batata"));
        await bia.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        Assert.IsFalse(bia.Waiting.Any(w => w.Frame is DaemonFrame.Notice or DaemonFrame.Left));
    }

    [TestMethod]
    [DataRow("a\nb", "bad_arguments")]
    [DataRow("a\tb", "bad_arguments")]
    [DataRow("a\u2028b", "bad_arguments")]
    [DataRow("a\u202Eb", "bad_arguments")]
    [DataRow("a\u2066b\u2069", "bad_arguments")]
    [DataRow("\u200B", "text_empty")]
    [DataRow("\u3164\u2800", "text_empty")]
    [DataRow("\u0903", "text_empty")]
    public async Task ATopicAndAReasonAreOneLineThatShowsSomething(string text, string code)
    {
        await using var users = await TestUsers.StartAsync();
        var (max, bia) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("bia"));
        foreach (var line in (string[])["/topico ", "/kick bia ", "/ban bia 1h ", "/mute bia 1h "])
            Assert.AreEqual(code, await max.TypeAsync(line + text), line);
        await bia.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        Assert.IsFalse(bia.Waiting.Any(w => w.Frame is DaemonFrame.Notice or DaemonFrame.Left));
    }

    [TestMethod]
    public async Task ATopicCanBeRemoved()
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana", lang: "en"), await users.EnterAsync("bia", lang: "en"));
        await ana.ReplyAsync("/topic Rules");
        Assert.AreEqual("ana set the topic: Rules", (await bia.ExpectAsync<DaemonFrame.Notice>()).Text);
        await ana.ReplyAsync("/topic \"\"");
        Assert.AreEqual("ana removed the topic.", (await bia.ExpectAsync<DaemonFrame.Notice>()).Text);
        Assert.AreEqual("The room geral has no topic.", await ana.TypeAsync("/topic"));
    }

    [TestMethod]
    [DataRow("\u200B")]
    [DataRow("\u3164")]
    [DataRow("\u2800 \u2800")]
    [DataRow("\u202E\u202C")]
    [DataRow("\u0903\u0903")]
    public async Task AMessageThatShowsNothingIsEmpty(string text)
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, _) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        Assert.AreEqual("text_empty", await ana.TypeAsync(text));
        var direct = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, To: "bia"));
        Assert.AreEqual("text_empty", direct.Code);
        foreach (var line in (string[])["/dizer ", "/mandar ", "/sussurrar ", "/avisar "])
            Assert.AreEqual("text_empty", await ana.TypeAsync(line + text), line);
    }

    [TestMethod]
    public async Task ANoticeOfACommandPassesTheFilters()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        foreach (var line in (string[])["/sussurrar ", "/avisar "])
        {
            Assert.AreEqual("rejected", await ana.TypeAsync(line + "!reject"), line);
            await ana.SendAsync(new ClientFrame.Message(line + "!drop", "geral"));
            await ana.SendAsync(new ClientFrame.Message(line + "!replace", "geral"));
            Assert.AreEqual("outra coisa, no fim", (await bia.ExpectAsync<DaemonFrame.Notice>()).Text);
        }
    }

    [TestMethod]
    public async Task AMutedUsersCommandMayTellOnlyTheUser()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        var admin = await daemon.Users.AdminAsync();
        await admin.ReplyAsync("/mute ana 10m");
        Assert.AreEqual("admin silenciou você aqui. Tempo restante: 10m.", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        Assert.AreEqual("muted", await ana.TypeAsync("/sussurrar oi"));
        Assert.AreEqual("muted", await ana.TypeAsync("/avisar oi"));
        Assert.AreEqual("só para você", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        await bia.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        Assert.IsFalse(bia.Waiting.Any(w => w.Frame is DaemonFrame.Notice));
    }
}
