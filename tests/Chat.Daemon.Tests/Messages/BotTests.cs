using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Hooks;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>A plugin writes with an account of its own, outside of any command.</summary>
[TestClass]
public sealed class BotTests
{
    [TestMethod]
    public async Task ABotWritesEditsAndDeletesItsMessages()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var caio = await daemon.EnterAsync("caio", Role.Member);
        await caio.SayAsync("geral", "say olá, @caio!");
        var said = await FromBotAsync(caio);
        Assert.AreEqual((2L, "geral", "olá, @caio!", "caio"), (said.Seq, said.Room, said.Text, said.Mentions?.Single()));
        await caio.SayAsync("geral", "edit 2 tchau");
        var edited = await caio.ExpectAsync<DaemonFrame.Change>();
        Assert.AreEqual((2L, "edit", "Arauto", "tchau"), (edited.Seq, edited.Kind, edited.From, edited.Text));
        await caio.SayAsync("geral", "delete 2");
        var deleted = await caio.ExpectAsync<DaemonFrame.Change>();
        Assert.AreEqual((2L, "delete"), (deleted.Seq, deleted.Kind));
        await caio.SayAsync("geral", "whisper psiu");
        var whispered = await FromBotAsync(caio);
        Assert.AreEqual((null, "psiu"), (whispered.Room, whispered.Text));
        await daemon.WaitForEventAsync("1 whispered");
    }

    [TestMethod]
    public async Task ABotAnswersAndMessagesAreFound()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "answer 1 sim");
        var said = await FromBotAsync(ana);
        Assert.AreEqual((1L, "sim"), (said.ReplyTo, said.Text));
        foreach (var (order, outcome) in new[]
                 {
                     ("answer 99 sim", "no_such_message"), ("find 2", "found Arauto: sim"), ("find 99", "found nothing"),
                     ("delete 2", "deleted"), ("find 2", "found nothing"), ("answer 2 sim", "no_such_message"),
                 })
        {
            await ana.SayAsync("geral", order);
            await daemon.WaitForEventAsync(outcome);
        }
        Assert.AreEqual("2 answered|no_such_message|found Arauto: sim|found nothing|deleted|found nothing|no_such_message",
            string.Join('|', daemon.Events));
    }

    [TestMethod]
    public async Task ABotChangesOnlyItsOwnMessages()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var ana = await daemon.EnterAsync("ana");
        foreach (var (order, outcome) in new[]
                 {
                     ("edit 1 outra", "forbidden"), ("delete 1", "forbidden"), ("delete 99", "no_such_message"), ("say  ", "text_empty"),
                 })
        {
            await ana.SayAsync("geral", order);
            await daemon.WaitForEventAsync(outcome);
        }
    }

    [TestMethod]
    public async Task ABotIsAnAccountThatNobodyCanLogInTo()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        await daemon.Users.AccountAsync("dora", Role.Member);
        var admin = await daemon.Users.AdminAsync();
        await admin.SayAsync("geral", "be mensageiro");
        await daemon.WaitForEventAsync("am mensageiro Member");
        foreach (var (name, code) in new[] { ("dora", "name_taken"), ("system", "bad_name"), ("admin", "name_taken") })
        {
            await admin.SayAsync("geral", $"be {name}");
            await daemon.WaitForEventAsync(code);
        }
        Assert.AreEqual("password_required", await daemon.Users.TryLoginAsync("arauto"));
        Assert.AreEqual("wrong_password", await daemon.Users.TryLoginAsync("arauto", "uma senha qualquer"));
    }

    [TestMethod]
    public async Task AMutedBotIsSilent()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var admin = await daemon.Users.AdminAsync();
        await admin.SayAsync("geral", "be arauto");
        await daemon.WaitForEventAsync("am Arauto Member");
        await admin.ReplyAsync("/mute arauto 10m");
        await admin.SayAsync("geral", "say oi");
        await daemon.WaitForEventAsync("muted");
    }

    [TestMethod]
    public async Task ABotSurvivesARestartAndBelongsToItsPlugin()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var admin = await daemon.Users.AdminAsync();
        await admin.SayAsync("geral", "say um");
        var first = await FromBotAsync(admin);
        await admin.TypeAsync("/plugins recarregar herald");
        await admin.SayAsync("geral", "say dois");
        Assert.AreEqual(first.From, (await FromBotAsync(admin)).From);
    }

    [TestMethod]
    public async Task APluginLeavesMemoryThoughItHasABotADirectoryAndAFolder()
    {
        await using var daemon = await PluginDaemon.WithAsync("Herald");
        var admin = await daemon.Users.AdminAsync();
        await admin.SayAsync("geral", "say um");
        await FromBotAsync(admin);
        await admin.SayAsync("geral", "note");
        await daemon.WaitForEventAsync("noted 1");
        await admin.TypeAsync("/plugins desativar herald");
        await daemon.Log.LineAsync(l => l.Contains("Plugin herald 1.0 is collected", StringComparison.Ordinal));
    }

    private static Task<DaemonFrame.Message> FromBotAsync(TestClient client) =>
        client.ExpectAsync<DaemonFrame.Message>(message => message.From == "Arauto");
}
