using Chat.Cli.Terminal;
using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>Reading back, and acting on messages.</summary>
[TestClass]
public sealed class TextReadingTests
{
    private static readonly Conversation Room = Conversation.Room("sala");

    [TestMethod]
    [Timeout(60_000)]
    public async Task EarlierMessagesArePrintedOnce()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        await using var bia = await GuestAsync(daemon.Port, "bia");
        for (var i = 1; i <= 60; i++) (await bia.SendAsync(Room, $"m{i}.")).OrThrow();
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("bia: m60.");
        screen.Type("/history 5");
        await screen.UntilSaidAsync("end of earlier messages");
        screen.Press(EditResult.Earlier);
        await screen.UntilSaidAsync("m26.");
        screen.Type("/histórico 500");
        await screen.UntilSaidAsync("m1.");
        screen.Press(EditResult.Earlier);
        await screen.UntilSaidAsync("no earlier messages");
        for (var i = 1; i <= 60; i++) Assert.AreEqual(1, screen.Lines.Count(l => l.EndsWith($" m{i}.", StringComparison.Ordinal)), $"m{i}");
        var order = screen.Lines.Select((l, at) => (l, at)).Where(x => x.l.EndsWith("m50.", StringComparison.Ordinal)
            || x.l.EndsWith("m46.", StringComparison.Ordinal)).Select(x => x.l[^4..]);
        Assert.AreEqual("m46. m50.", string.Join(' ', order));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task AMentionRingsAndNothingElseDoes()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("here:");
        screen.Type("sobre @ana mesma");
        (await bia.SendAsync(Room, "bom dia")).OrThrow();
        (await bia.SendAsync(Room, "oi @ana, tudo bem?")).OrThrow();
        (await bia.SendAsync(Conversation.With("ana"), "só para você")).OrThrow();
        await screen.UntilSaidAsync("só para você");
        Assert.AreEqual("Bell bia #sala: oi @ana, tudo bem?|Bell bia: só para você", string.Join('|', screen.Notified));
        Assert.Contains(l => l.EndsWith("»bia: oi @ana, tudo bem?", StringComparison.Ordinal), screen.Lines);
        screen.Type("/set notify off");
        await screen.UntilSaidAsync("The setting notify is off.");
        (await bia.SendAsync(Room, "@ana de novo")).OrThrow();
        await screen.UntilSaidAsync("de novo");
        Assert.AreEqual("Off", screen.Notified[^1].Split(' ')[0]);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task EditPutsTheOldTextIntoTheLine()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("here:");
        screen.Type("\"bom\" dia");
        await screen.UntilSaidAsync("#1 ana:");
        (await bia.SendAsync(Room, "boa noite")).OrThrow();
        await screen.UntilSaidAsync("#2 bia:");
        screen.Type("/edit");
        await screen.UntilAsync(s => s.Draft == "/edit 1 \"bom\" dia");
        screen.Type("/edit 1 \"boa\" tarde");
        await screen.UntilSaidAsync("ana edited #1: \"boa\" tarde");
        screen.Type("/edit 1");
        await screen.UntilAsync(s => s.Draft == "/edit 1 \"boa\" tarde");
        screen.Type("/react :tada:");
        await screen.UntilSaidAsync("ana reacted to #2: 🎉");
        screen.Type("/reply claro");
        await screen.UntilSaidAsync("ana: ↪ #2 claro");
        screen.Type("/responder #1 também");
        await screen.UntilSaidAsync("ana: ↪ #1 também");
        screen.Type("/delete");
        await screen.UntilSaidAsync("ana deleted #4.");
        screen.Type("/apagar 1");
        await screen.UntilSaidAsync("ana deleted #1.");
        screen.Type("/edit 1");
        await screen.UntilSaidAsync("No matching message.");
        screen.Press(EditResult.ToggleNumbers);
        screen.Type("sem número");
        await screen.UntilAsync(s => s.Lines.Any(l => l.EndsWith(" #sala ana: sem número", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task WhatAnAccountHasNotReadIsMarked()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await AdminHasReadAsync(daemon.Port, bia, "lida");
        (await bia.SendAsync(Room, "nova @admin")).OrThrow();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        await screen.UntilSaidAsync("nova @admin");
        var at = screen.Lines.ToList().FindIndex(l => l == "—— new ——");
        Assert.IsTrue(screen.Lines[at - 1].EndsWith("lida", StringComparison.Ordinal)
            && screen.Lines[at + 1].EndsWith("nova @admin", StringComparison.Ordinal), string.Join('\n', screen.Lines));
        screen.Type("/mentions");
        await screen.UntilAsync(s => s.Lines.SkipWhile(l => !l.Contains("mentions of you", StringComparison.Ordinal))
            .Any(l => l.EndsWith("nova @admin", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task MoreUnreadMessagesThanAreShownAreCounted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await AdminHasReadAsync(daemon.Port, bia, "lida");
        for (var i = 1; i <= 12; i++) (await bia.SendAsync(Room, $"m{i}.")).OrThrow();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        await screen.UntilSaidAsync("m12.");
        var at = screen.Lines.ToList().FindIndex(l => l == "—— new (2 more before: PageUp) ——");
        Assert.EndsWith("m3.", screen.Lines[at + 1]);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task WithoutAConnectionTheInputDoesNotWait()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("here:");
        await daemon.StopAsync();
        await screen.UntilSaidAsync("Connection lost");
        foreach (var line in (string[])["/history", "/mentions", "/edit 99"]) screen.Type(line);
        await screen.UntilSaidAsync("The daemon does not answer.");
        screen.Type("/set");
        await screen.UntilSaidAsync("The setting numbers is on.");
    }

    [TestMethod]
    [DataRow("osc9", true)]
    [DataRow("OFF", true)]
    [DataRow("-1", false)]
    [DataRow("2", false)]
    [DataRow("bell,osc9", false)]
    public void OnlyNamesAreNotifications(string value, bool isOne) =>
        Assert.AreEqual(isOne, new DialogueSettings().TrySet("notify", value, null));

    [TestMethod]
    [Timeout(60_000)]
    public async Task WhoComesAndGoesIsShown()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("here:");
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var eva = await GuestAsync(daemon.Port, "eva");
        foreach (var name in (string[])["bia", "eva"])
            await screen.UntilAsync(s => s.Lines.Any(l => l.StartsWith("* sala: ", StringComparison.Ordinal)
                && l.Contains(name, StringComparison.Ordinal) && l.EndsWith(" joined", StringComparison.Ordinal)));
        await eva.LogoutAsync();
        await screen.UntilSaidAsync("* sala: eva left");
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("en", "/switch ROOM", "Commands of this client:")]
    [DataRow("pt-BR", "/trocar SALA", "Comandos deste cliente:")]
    public async Task HelpAlsoShowsTheClientsCommands(string language, string usage, string heading)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"), language: language);
        screen.Type("/help");
        await screen.UntilSaidAsync(heading);
        Assert.Contains(usage, screen.Lines.Single(line => line.Contains(heading, StringComparison.Ordinal)));
        screen.Type("/ajuda trocar");
        await screen.UntilAsync(s => s.Lines.Any(line => line.StartsWith(usage, StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task AfterARejoinPageUpShowsOnlyWhatWasMissed()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"));
        await screen.UntilSaidAsync("here:");
        (await bia.SendAsync(Room, "antes.")).OrThrow();
        await screen.UntilSaidAsync("antes.");
        screen.Type("/sair sala");
        await screen.UntilSaidAsync("You left the room sala.");
        for (var i = 1; i <= 15; i++) (await bia.SendAsync(Room, $"m{i}.")).OrThrow();
        screen.Type("/entrar sala");
        await screen.UntilSaidAsync("m15.");
        screen.Type("/history");
        await screen.UntilSaidAsync("end of earlier messages");
        screen.Type("/history");
        await screen.UntilSaidAsync("no earlier messages");
        foreach (var text in (string[])["antes.", .. Enumerable.Range(1, 15).Select(i => $"m{i}.")])
        {
            var count = screen.Lines.Count(l => l.EndsWith($"bia: {text}", StringComparison.Ordinal));
            Assert.AreEqual(1, count, string.Join('\n', screen.Lines));
        }
    }

    /// <summary>A message that is no longer new to the admin.</summary>
    private static async Task AdminHasReadAsync(int port, ChatClient author, string text)
    {
        (await author.SendAsync(Room, text)).OrThrow();
        await using var screen = new TestScreen(await AdminAsync(port));
        await screen.UntilSaidAsync(text);
        screen.Type("/salas"); // Enter: what is on the screen has been read
        await screen.UntilSaidAsync("geral");
    }

    private static async Task<ChatClient> GuestAsync(int port, string user)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest(user, "sala"))).OrThrow();
        return client;
    }

    private static async Task<ChatClient> AdminAsync(int port)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Account("admin", TestDaemon.AdminPassword, ["sala"]))).OrThrow();
        return client;
    }
}
