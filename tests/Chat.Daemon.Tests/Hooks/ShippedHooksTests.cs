using Chat.Daemon.Commands;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>The shipped filters and greetings. Commands set them up; a restart keeps them; without settings they cost nothing.</summary>
[TestClass]
public sealed class ShippedHooksTests
{
    [TestMethod]
    [DataRow("compre PROPAGÁNDA já")]
    [DataRow("propaganda")]
    [DataRow("pro\u200Bpaganda!")]
    public async Task ABlockedWordIsRejectedHoweverItIsWritten(string text)
    {
        await using var users = await TestUsers.StartAsync();
        var (mara, ana) = (await users.EnterAsync("mara", Role.Moderator), await users.EnterAsync("ana"));
        Assert.AreEqual("Palavra bloqueada: \"propaganda\".", await mara.TypeAsync("/palavra bloquear Propaganda"));
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, "geral"));
        Assert.AreEqual((RefusalCode.Rejected, "A palavra \"propaganda\" não é permitida aqui."), (refusal.Code, refusal.Text));
        Assert.AreEqual(RefusalCode.Rejected, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, To: "mara"))).Code);
        await ana.SayAsync("geral", "propagandas");
        Assert.AreEqual("Palavras bloqueadas (1): propaganda", await mara.TypeAsync("/palavra listar"));
        Assert.AreEqual("Palavra liberada: \"propaganda\".", await mara.TypeAsync("/word allow propaganda"));
        await ana.SayAsync("geral", text);
    }

    [TestMethod]
    public async Task SlowModeLimitsEachUserSeparately()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var (mara, ana, bia) = (
            await users.EnterAsync("mara", Role.Moderator), await users.EnterAsync("ana", lang: "en"), await users.EnterAsync("bia"));
        Assert.AreEqual("Modo lento na sala geral: uma mensagem a cada 10s.", await mara.TypeAsync("/lento 10s"));
        await ana.SayAsync("geral", "oi");
        time.Advance(TimeSpan.FromSeconds(7.5));
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("de novo", "geral"));
        Assert.AreEqual((RefusalCode.RateLimited, "Slow mode: wait 3s.", 2_500L), (refusal.Code, refusal.Text, refusal.RetryAfter));
        await bia.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "bia"));
        foreach (var text in (string[])["um", "dois"]) await mara.SayAsync("geral", text);
        time.Advance(TimeSpan.FromSeconds(2.5));
        await ana.SayAsync("geral", "de novo");
        Assert.AreEqual("A sala geral não está em modo lento.", await mara.TypeAsync("/slow 0s"));
        await ana.SayAsync("geral", "e de novo");
    }

    [TestMethod]
    public async Task TheirSettingsSurviveARestart()
    {
        await using var users = await TestUsers.StartAsync();
        var mara = await users.EnterAsync("mara", Role.Moderator);
        foreach (var line in (string[])["/palavra bloquear spam", "/lento 1h", "/boas-vindas As regras estão no tópico."])
            await mara.ReplyAsync(line);
        await users.Daemon.RestartAsync();
        var ana = await users.EnterAsync("ana");
        Assert.AreEqual("Boas-vindas à sala geral, ana! As regras estão no tópico.", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        Assert.AreEqual(RefusalCode.Rejected, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("spam", "geral"))).Code);
        await ana.SayAsync("geral", "oi");
        Assert.AreEqual(RefusalCode.RateLimited, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("oi", "geral"))).Code);
    }

    [TestMethod]
    public async Task AUserIsGreetedOnceInTheirLanguage()
    {
        await using var users = await TestUsers.StartAsync();
        var mara = await users.EnterAsync("mara", Role.Moderator);
        Assert.AreEqual("Boas-vindas da sala geral: Be nice.", await mara.TypeAsync("/boas-vindas Be nice."));
        var ana = await users.EnterAsync("ana", lang: "en");
        Assert.AreEqual("Welcome to the room geral, ana! Be nice.", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await mara.ReplyAsync("/boas-vindas E agora?");
        var bia = await users.EnterAsync("bia"); // her greeting comes after ana's second join is handled
        Assert.AreEqual("Boas-vindas à sala geral, bia! E agora?", (await bia.ExpectAsync<DaemonFrame.Notice>()).Text);
        await ana.ExpectNothingAsync();
        Assert.AreEqual("A sala geral não tem boas-vindas.", await mara.TypeAsync("/welcome off"));
    }

    [TestMethod]
    public async Task FiltersWithoutSettingsAreNotCalled()
    {
        await using var users = await TestUsers.StartAsync();
        var (mara, ana) = (await users.EnterAsync("mara", Role.Moderator), await users.EnterAsync("ana"));
        await ana.SayAsync("geral", "oi");
        Assert.IsTrue(Filters().IsDisabled);
        await mara.ReplyAsync("/palavra bloquear spam");
        Assert.IsFalse(Filters().IsDisabled);
        await mara.ReplyAsync("/palavra liberar spam");
        Assert.IsTrue(Filters().IsDisabled);

        Daemon.Hooks.FilterChain Filters() => users.Daemon.Get<CommandRegistry>().Current.Hooks.Filters!;
    }
}
