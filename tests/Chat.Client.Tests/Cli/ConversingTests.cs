using Chat.Cli;
using Chat.TestKit;

namespace Chat.Client.Tests.Cli;

/// <summary>What stands on the screen of a person who joins, leaves, and loses the connection.</summary>
[TestClass]
public sealed class ConversingTests
{
    [TestMethod]
    public async Task AMessageIsShownOnceAndAJoinInOneLine()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var client = await LoginAsync(Guest.Options(daemon.Port), "sala");
        await using var desk = new Desk(client);
        foreach (var line in new[] { "um", "dois", "/entrar outra", "/sair sala", "/entrar sala" }) desk.Type(line);
        await desk.UntilAsync(d => d.Lines.Count(l => l.Contains("here:", StringComparison.Ordinal)) == 3);
        desk.Type("três");
        await desk.UntilSaidAsync("três");
        Assert.AreEqual(1, desk.Lines.Count(l => l.EndsWith("ana: um", StringComparison.Ordinal)), string.Join('\n', desk.Lines));
        Assert.AreEqual(1, desk.Lines.Count(l => l.Contains("outra", StringComparison.Ordinal)), string.Join('\n', desk.Lines));
        Assert.AreEqual(2, desk.Lines.Count(l => l.Contains("sala.", StringComparison.Ordinal) && l.Contains("in", StringComparison.Ordinal)), string.Join('\n', desk.Lines));
    }

    [TestMethod]
    public async Task WhatIsWrittenWithoutAConnectionStandsThereUntilItsEcho()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        var client = await LoginAsync(Guest.Options(proxy.Port), "sala");
        await using var desk = new Desk(client);
        await desk.UntilSaidAsync("here:");
        await proxy.BreakAsync();
        await desk.UntilAsync(d => d.Prompt.Contains("next try in", StringComparison.Ordinal));
        desk.Type("espera");
        await desk.UntilAsync(d => d.Waiting is [var row] && row.EndsWith("espera", StringComparison.Ordinal));
        proxy.Target = daemon.Port;
        await desk.UntilSaidAsync("ana: espera");
        await desk.UntilAsync(d => d.Waiting.Count == 0 && d.Prompt == "sala> ");
    }

    [TestMethod]
    public async Task WhatWasNeverSentIsSaidToBe()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        var client = await LoginAsync(Guest.Options(proxy.Port) with { GiveUpAfter = TimeSpan.FromSeconds(1) }, "sala");
        await using var desk = new Desk(client);
        await desk.UntilSaidAsync("here:");
        await proxy.BreakAsync();
        await desk.UntilSaidAsync("The connection was lost");
        desk.Type("nunca");
        await desk.UntilSaidAsync("! Not sent: nunca");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task AfterAKickNothingIsSentUntilTheUserHasChosenARoom()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password=uma senha boa");
        await using var admin = new ChatClient(Guest.Options(daemon.Port));
        (await admin.LoginAsync(new LoginRequest { User = "admin", Password = "uma senha boa", Rooms = ["a", "b"] })).OrThrow();
        await using var desk = new Desk(await LoginAsync(Guest.Options(daemon.Port), "b", "a"));
        await desk.UntilAsync(d => d.Lines.Count(l => l.Contains("here:", StringComparison.Ordinal)) == 2 && d.Prompt == "b> ");
        (await admin.RunAsync(Conversation.Room("b"), "/kick ana")).OrThrow();
        await desk.UntilAsync(d => d.Prompt == "no room> ");
        desk.Type("for b alone");
        await desk.UntilAsync(d => d.Draft == "for b alone" && d.Lines.Any(l => l.Contains("Not sent: no room is chosen", StringComparison.Ordinal)));
        desk.Type("/join a");
        await desk.UntilAsync(d => d.Prompt == "a> " && d.Draft == "for b alone");
        desk.Type("for a");
        await desk.UntilSaidAsync("ana: for a");
        Assert.DoesNotContain("for b alone", string.Join('\n', desk.Lines));
        Assert.AreEqual("", desk.Draft);
    }

    [TestMethod]
    public async Task ManyCommandsAreNotHeldOnTo()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        var client = await LoginAsync(Guest.Options(daemon.Port), "sala");
        await using var desk = new Desk(client);
        for (var i = 0; i < 2 * InputLoop.UnderWay; i++) desk.Type("/salas");
        desk.Type("/entrar fim");
        await desk.UntilSaidAsync("fim");
        Assert.IsLessThanOrEqualTo(InputLoop.UnderWay, desk.Awaited);
    }

    private static async Task<ChatClient> LoginAsync(ChatClientOptions options, params string[] rooms)
    {
        var client = new ChatClient(options with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest("ana", rooms))).OrThrow();
        return client;
    }
}
