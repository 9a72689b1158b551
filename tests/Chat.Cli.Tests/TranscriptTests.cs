using System.Text.RegularExpressions;
using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>What the client writes, in the order in which it does.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TranscriptTests
{
    private static readonly Conversation Room = Conversation.Room("sala");

    /// <summary>A screen reader reads whatever the program writes.</summary>
    [TestMethod]
    [Timeout(120_000)]
    public async Task AScreenReaderHearsNoLineTwice()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        await using var bia = await GuestAsync(daemon.Port, "bia");
        for (var i = 1; i <= 30; i++) (await bia.SendAsync(Room, $"m{i}. antes")).OrThrow();
        await using var tmux = await Tmux.StartAsync($"--connect 127.0.0.1:{daemon.Port} --user ana --lang en");
        await tmux.UntilShownAsync("here: ana");
        await tmux.RecordAsync();
        await tmux.TypeAsync("/join sala");
        await tmux.UntilShownAsync("m30.");
        await tmux.PressAsync("PageUp");
        await tmux.UntilShownAsync("end of earlier messages");
        await tmux.PressAsync("meu rascunho", "C-a", "C-w", "Right", "C-t", "C-_");
        await tmux.ResizeAsync(60, 20);
        for (var i = 31; i <= 60; i++) (await bia.SendAsync(Room, $"m{i}. depois")).OrThrow();
        (await bia.EditAsync(Room, 40, "editada!")).OrThrow();
        await tmux.UntilShownAsync("bia edited #40: editada!");
        await tmux.PressAsync("M-n", "C-e", "C-u", "/who", "Enter");
        await tmux.UntilShownAsync("In the room sala (2)");
        await using var eva = await GuestAsync(daemon.Port, "eva");
        await tmux.UntilShownAsync("eva joined");
        (await bia.SendAsync(Room, "m61. fim")).OrThrow();
        await tmux.UntilShownAsync("m61. fim");
        var heard = await tmux.RecordedAsync();
        for (var i = 11; i <= 61; i++) Assert.HasCount(1, Regex.Matches(heard, $@"\bm{i}\."), $"m{i} in {heard}");
        string[] others =
            ["You are in the room sala.", "here:", "editada!", "setting numbers is off", "In the room sala (2)", "eva joined"];
        foreach (var line in others)
            Assert.HasCount(1, Regex.Matches(heard, Regex.Escape(line)), $"{line} in {heard}");
    }

    private static async Task<ChatClient> GuestAsync(int port, string user)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest(user, "sala"))).OrThrow();
        return client;
    }
}
