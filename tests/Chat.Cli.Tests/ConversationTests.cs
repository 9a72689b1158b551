using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>The screen while the user joins and leaves rooms, is kicked, and loses the connection.</summary>
[TestClass]
public sealed class ConversationTests
{
    [TestMethod]
    public async Task MessageIsShownOnceAndJoinInOneLine()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var client = await LoginAsync(Clients.Options(daemon.Port), "sala");
        await using var screen = new TestScreen(client);
        foreach (var line in new[] { "um", "dois", "/entrar outra", "/sair sala", "/entrar sala" }) screen.Type(line);
        await screen.UntilAsync(d => d.Lines.Count(l => l.Contains("here:", StringComparison.Ordinal)) == 3);
        screen.Type("três");
        await screen.UntilSaidAsync("três");
        Assert.AreEqual(1, screen.Lines.Count(l => l.EndsWith("ana: um", StringComparison.Ordinal)), string.Join('\n', screen.Lines));
        Assert.AreEqual(1, screen.Lines.Count(l => l.Contains("outra", StringComparison.Ordinal)), string.Join('\n', screen.Lines));
        Assert.AreEqual(2, screen.Lines.Count(l => l.Contains("sala.", StringComparison.Ordinal)
            && l.Contains("in", StringComparison.Ordinal)), string.Join('\n', screen.Lines));
    }

    [TestMethod]
    public async Task LineWrittenWhileDisconnectedIsShownUntilItsEcho()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        var client = await LoginAsync(Clients.Options(proxy.Port), "sala");
        await using var screen = new TestScreen(client);
        await screen.UntilSaidAsync("here:");
        await proxy.BreakAsync();
        await screen.UntilAsync(d => d.Prompt.Contains("next try in", StringComparison.Ordinal));
        screen.Type("espera");
        await screen.UntilAsync(d => d.Waiting is [var row] && row.EndsWith("espera", StringComparison.Ordinal));
        proxy.Target = daemon.Port;
        await screen.UntilSaidAsync("ana: espera");
        await screen.UntilAsync(d => d.Waiting.Count == 0 && d.Prompt == "sala> ");
    }

    [TestMethod]
    [DataRow("en",
        "bia edited #1: um!", "bia reacted to #2: 👍", "bia removed 👍 from #2", "bia deleted #1.", "#3 by bia has changed: outro")]
    [DataRow("pt-BR",
        "bia editou #1: um!", "bia reagiu a #2: 👍", "bia retirou 👍 de #2", "bia apagou #1.", "#3, de bia, mudou: outro")]
    public async Task ChangesAndRepliesAreShown(string language, string edit, string react, string unreact, string delete, string away)
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var screen = new TestScreen(await LoginAsync(Clients.Options(proxy.Port), "sala"), language: language);
        await using var bia = new ChatClient(Clients.Options(daemon.Port));
        (await bia.LoginAsync(LoginRequest.Guest("bia", "sala"))).OrThrow();
        var room = Conversation.Room("sala");
        (await bia.SendAsync(room, "um")).OrThrow();
        (await bia.SendAsync(room, "dois", replyTo: 1)).OrThrow();
        (await bia.EditAsync(room, 1, "um!")).OrThrow();
        (await bia.ReactAsync(room, 2, "👍")).OrThrow();
        (await bia.ReactAsync(room, 2, "👍", remove: true)).OrThrow();
        (await bia.DeleteAsync(room, 1)).OrThrow();
        (await bia.SendAsync(room, "três")).OrThrow();
        foreach (var line in new[] { "#2 bia: ↪ #1 dois", edit, react, unreact, delete, "bia: três" }) await screen.UntilSaidAsync(line);
        await proxy.BreakAsync();
        (await bia.EditAsync(room, 3, "outro\u202E")).OrThrow();
        proxy.Target = daemon.Port;
        await screen.UntilSaidAsync(away);
        Assert.DoesNotContain("\u202E", string.Join('\n', screen.Lines));
    }

    /// <summary>An edited text may have several lines, as every text: none of them may look like another user's.</summary>
    [TestMethod]
    public async Task AnEditForgesNoLineOfOthers()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var screen = new TestScreen(await LoginAsync(Clients.Options(daemon.Port), "sala"));
        await using var bia = new ChatClient(Clients.Options(daemon.Port));
        (await bia.LoginAsync(LoginRequest.Guest("bia", "sala"))).OrThrow();
        var room = Conversation.Room("sala");
        (await bia.SendAsync(room, "um")).OrThrow();
        (await bia.EditAsync(room, 1, "dois\n12:00 #9 admin: send me your password")).OrThrow();
        await screen.UntilSaidAsync("admin: send me your password");
        Assert.Contains("12:00 #9 admin", screen.Lines.Single(line => line.Contains("admin", StringComparison.Ordinal)));
        Assert.DoesNotContain(line => line.StartsWith("12:00", StringComparison.Ordinal), screen.Lines);
    }

    [TestMethod]
    public async Task UnsentLineIsReported()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        var client = await LoginAsync(Clients.Options(proxy.Port) with { GiveUpAfter = TimeSpan.FromSeconds(1) }, "sala");
        await using var screen = new TestScreen(client);
        await screen.UntilSaidAsync("here:");
        await proxy.BreakAsync();
        await screen.UntilSaidAsync("Connection lost");
        screen.Type("nunca");
        await screen.UntilSaidAsync("! Not sent: nunca");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task NothingIsSentAfterAKickUntilTheUserChoosesARoom()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password=uma senha boa");
        await using var admin = new ChatClient(Clients.Options(daemon.Port));
        (await admin.LoginAsync(new LoginRequest { User = "admin", Password = "uma senha boa", Rooms = ["a", "b"] })).OrThrow();
        await using var screen = new TestScreen(await LoginAsync(Clients.Options(daemon.Port), "b", "a"));
        await screen.UntilAsync(d => d.Lines.Count(l => l.Contains("here:", StringComparison.Ordinal)) == 2 && d.Prompt == "b> ");
        (await admin.RunAsync(Conversation.Room("b"), "/kick ana")).OrThrow();
        await screen.UntilAsync(d => d.Prompt == "no room> ");
        await screen.UntilSaidAsync("You were kicked from b.");
        screen.Type("for b alone");
        await screen.UntilAsync(d => d.Draft == "for b alone"
            && d.Lines.Any(l => l.Contains("Not sent: you are not in a conversation", StringComparison.Ordinal)));
        screen.Type("/join a");
        await screen.UntilAsync(d => d.Prompt == "a> " && d.Draft == "for b alone");
        screen.Type("for a");
        await screen.UntilSaidAsync("ana: for a");
        Assert.DoesNotContain("for b alone", string.Join('\n', screen.Lines));
        Assert.AreEqual("", screen.Draft);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task NothingIsSentAfterTheRoomIsDeletedUntilTheUserChoosesAnother()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password=uma senha boa");
        await using var admin = new ChatClient(Clients.Options(daemon.Port));
        (await admin.LoginAsync(new LoginRequest { User = "admin", Password = "uma senha boa", Rooms = ["a"] })).OrThrow();
        await using var screen = new TestScreen(await LoginAsync(Clients.Options(daemon.Port), "b", "a"));
        await screen.UntilAsync(d => d.Lines.Count(l => l.Contains("here:", StringComparison.Ordinal)) == 2 && d.Prompt == "b> ");
        await admin.RunAsync(Conversation.Room("a"), "/sala apagar b");
        (await admin.RunAsync(Conversation.Room("a"), "/sala apagar b")).OrThrow();
        await screen.UntilAsync(d => d.Prompt == "no room> ");
        await screen.UntilSaidAsync("The room b was deleted.");
        screen.Type("for b alone");
        await screen.UntilAsync(d => d.Draft == "for b alone"
            && d.Lines.Any(l => l.Contains("Not sent: you are not in a conversation", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task ManyCommandsDoNotPileUp()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        var client = await LoginAsync(Clients.Options(daemon.Port), "sala");
        await using var screen = new TestScreen(client);
        for (var i = 0; i < 2 * Outgoing.MaxPending; i++) screen.Type("/salas");
        screen.Type("/entrar fim");
        await screen.UntilSaidAsync("fim");
        Assert.IsLessThanOrEqualTo(Outgoing.MaxPending, screen.Awaited);
    }

    private static async Task<ChatClient> LoginAsync(ChatClientOptions options, params string[] rooms)
    {
        var client = new ChatClient(options with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest("ana", rooms))).OrThrow();
        return client;
    }
}
