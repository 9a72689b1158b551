using System.Text.Json;
using Chat.Daemon.Tests.Hooks;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Commands that edit, delete and react to messages. They keep the rules of the frames.</summary>
[TestClass]
public sealed class ChangeCommandTests
{
    [TestMethod]
    public async Task AllInTheRoomSeeWhatACommandChanges()
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia", lang: "en"));
        await ana.SayAsync("geral", "olá");

        Assert.AreEqual("Mensagem 1 editada.", await ana.TypeAsync("/editar 1 /quem é você?"));
        Assert.AreEqual("Reacted to message 1 with 👍.", await bia.TypeAsync("/react 1 👍"));
        Assert.AreEqual("Took 👍 back from message 1.", await bia.TypeAsync("/react 1 👍 --remove"));
        Assert.AreEqual("Mensagem 1 apagada.", await ana.TypeAsync("/apagar 1"));

        string[] expected = ["1 edit ana /quem é você?", "2 react bia 👍", "3 unreact bia 👍", "4 delete ana "];
        CollectionAssert.AreEqual(expected, await ChangesAsync(ana, 4));
        CollectionAssert.AreEqual(expected, await ChangesAsync(bia, 4));
    }

    [TestMethod]
    public async Task InADirectConversationTheyNameItsMessages()
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        await bia.ExpectAsync<DaemonFrame.Message>();

        Assert.AreEqual("Mensagem 1 editada.", await WhisperAsync(ana, "/editar 1 ei"));
        Assert.AreEqual("forbidden", await WhisperAsync(bia, "/editar 1 ei, ana", "ana"));
        Assert.AreEqual("forbidden", await WhisperAsync(bia, "/apagar 1", "ana"));
        Assert.AreEqual("Você reagiu com 👍 à mensagem 1.", await WhisperAsync(bia, "/reagir 1 👍", "ana"));
        Assert.AreEqual("Mensagem 1 apagada.", await WhisperAsync(ana, "/apagar 1"));
        string[] expected = ["1 edit ana ei", "2 react bia 👍", "3 delete ana "];
        CollectionAssert.AreEqual(expected, await ChangesAsync(bia, 3));

        static async Task<string> WhisperAsync(TestClient client, string line, string to = "bia") =>
            Typing.Outcome(await client.AskAsync<DaemonFrame>(new ClientFrame.Message(line, To: to)));
    }

    [TestMethod]
    [DataRow("/editar 1 de outro", "forbidden")]
    [DataRow("/apagar 1", "forbidden")]
    [DataRow("/apagar 7", "no_such_message")]
    [DataRow("/apagar 0", "no_such_message")]
    [DataRow("/editar 7 nada", "no_such_message")]
    [DataRow("/reagir 1 x", "bad_arguments")]
    [DataRow("/editar x y", "bad_arguments")]
    public async Task TheyRefuseWhatFramesRefuse(string line, string code)
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia"));
        await ana.SayAsync("geral", "olá");
        Assert.AreEqual(code, await bia.TypeAsync(line));
        await bia.SettleAsync();
        Assert.IsFalse(bia.Waiting.Any(w => w.Frame is DaemonFrame.Error or DaemonFrame.Change));
    }

    [TestMethod]
    public async Task AModeratorDeletesTheNewestMessagesOfAUser()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, mara) = (await users.AdminAsync(), await users.EnterAsync("mara", Role.Moderator));
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia"));
        for (var i = 1; i <= 30; i++)
        {
            await ana.SayAsync("geral", $"spam {i}");
            await bia.SayAsync("geral", $"oi {i}");
        }
        await admin.SayAsync("geral", "regras");

        Assert.AreEqual("forbidden", await ana.TypeAsync("/apagar de bia 2"));
        Assert.AreEqual("forbidden", await mara.TypeAsync("/apagar de admin"));
        Assert.AreEqual("bad_arguments", await mara.TypeAsync("/apagar de ana 101"));
        Assert.AreEqual("2 mensagens de ana apagadas.", await mara.TypeAsync("/apagar de ana 2"));
        Assert.AreEqual("28 mensagens de ana apagadas.", await mara.TypeAsync("/delete from ana 100"));
        Assert.AreEqual("Não há mensagens recentes de ana aqui.", await mara.TypeAsync("/apagar de ana 5"));
        var page = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 100));
        Assert.AreEqual(30, page.Messages.Count(m => m is { From: "ana", Erased: true, Text: "" }));
        Assert.IsTrue(page.Messages.All(m => m.From == "ana" || m.Erased is null));
        var changes = await ChangesAsync(bia, 30);
        Assert.AreEqual("1 delete mara ", changes[0]);
        Assert.AreEqual("30 delete mara ", changes[^1]);
    }

    [TestMethod]
    public async Task WhoseMessageAModeratorDeletesIsAuditedWithoutItsText()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, mara, ana) = (await users.AdminAsync(), await users.EnterAsync("mara", Role.Moderator), await users.EnterAsync("ana"));
        foreach (var text in (string[])["segredo um", "segredo dois", "segredo três", "segredo quatro"]) await ana.SayAsync("geral", text);
        await mara.SayAsync("geral", "minha");

        await mara.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(1, "geral"));
        await mara.ReplyAsync("/apagar 2");
        await mara.ReplyAsync("/apagar de ana");
        await mara.ReplyAsync("/apagar 5");
        await ana.ReplyAsync("/apagar 3");
        await mara.ReplyAsync("/apagar 3");
        Assert.AreEqual("forbidden", await ana.TypeAsync("/apagar 5"));

        var audit = await admin.TypeAsync("/auditoria --comando apagar");
        Assert.AreEqual(
            """
            mara (geral) /apagar mensagem="4" usuário="ana" → ok
            mara (geral) /apagar mensagem="2" usuário="ana" → ok
            mara (geral) /apagar mensagem="1" usuário="ana" → ok
            """.ReplaceLineEndings("\n"),
            string.Join('\n', audit.Split('\n').Select(line => line[(line.IndexOf('Z', StringComparison.Ordinal) + 2)..])));
        Assert.DoesNotContain("segredo", await admin.TypeAsync("/auditoria"));
    }

    [TestMethod]
    public async Task OutsideAConversationThereIsNothingToChange()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana");
        var arguments = new Dictionary<string, JsonElement> { ["mensagem"] = JsonElement.Parse("1") };
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Command("apagar", arguments));
        Assert.AreEqual(
            ("bad_arguments", "Use este comando na conversa em que está a mensagem."), (refusal.Code, refusal.Text));
    }

    [TestMethod]
    public async Task AnEditPassesTheFilters()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var (mara, ana) = (await users.EnterAsync("mara", Role.Moderator), await users.EnterAsync("ana"));
        await mara.ReplyAsync("/palavra bloquear spam");
        await mara.ReplyAsync("/lento 1h");
        await ana.SayAsync("geral", "oi");
        Assert.AreEqual("rate_limited", await ana.TypeAsync("de novo"));

        Assert.AreEqual("Mensagem 1 editada.", await ana.TypeAsync("/editar 1 olá")); // slow mode lets it pass
        Assert.AreEqual("rejected", await ana.TypeAsync("/editar 1 compre spam"));
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Edit(1, "SPAM", "geral"));
        Assert.AreEqual(("rejected", "A palavra \"spam\" não é permitida aqui."), (refusal.Code, refusal.Text));
        Assert.AreEqual("Mensagem 1 editada.", await ana.TypeAsync("/editar 1 olá, gente"));
        time.Advance(TimeSpan.FromHours(1));
        await ana.SayAsync("geral", "de novo");
    }

    [TestMethod]
    public async Task AFilterSeesWhatAnEditReplaces()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, bia) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("bia"));
        await ana.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        await ana.ReplyAsync("/editar 1 olá");
        await daemon.Log.LineAsync(l => l.Contains("Saw ana to geral via  instead of 1: olá", StringComparison.Ordinal));
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(1, "ei", With: "bia"));
        await daemon.Log.LineAsync(l => l.Contains("Saw ana to bia via  instead of 1: ei", StringComparison.Ordinal));

        Assert.AreEqual("Mensagem 1 editada.", await ana.TypeAsync("/editar 1 !replace"));
        Assert.AreEqual("rejected", await ana.TypeAsync("/editar 1 !reject"));
        Assert.AreEqual("Mensagem 1 editada.", await ana.TypeAsync("/editar 1 !drop"), "A sender need not know of it.");
        string[] expected = ["1 edit ana olá", "1 edit ana ei", "2 edit ana outra coisa, no fim"];
        CollectionAssert.AreEqual(expected, await ChangesAsync(bia, 3));
    }

    private static async Task<string[]> ChangesAsync(TestClient client, int count)
    {
        var seen = new List<string>();
        while (seen.Count < count)
        {
            var change = await client.ExpectAsync<DaemonFrame.Change>(c => c.Rev is not null);
            seen.Add($"{change.Rev} {change.Kind} {change.From} {change.Text}{change.Emoji}");
        }
        return [.. seen];
    }
}
