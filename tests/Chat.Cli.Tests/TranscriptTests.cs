using System.Text.RegularExpressions;
using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>What the client writes, in the order in which it does.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed partial class TranscriptTests
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

    [TestMethod]
    [Timeout(120_000)]
    public async Task ResizingWhileTextArrivesLosesNothing()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var tmux = await Tmux.StartAsync($"--connect 127.0.0.1:{daemon.Port} --user ana --room sala --lang en", 200, 50);
        await tmux.UntilShownAsync("sala>");
        await tmux.PressAsync("um rascunho " + new string('z', 90));
        await tmux.UntilShownAsync("sala> um rascunho z");
        var resizing = ResizeAsync();
        var sent = 0;
        while (!resizing.IsCompleted)
            (await bia.SendAsync(Room, $"m{++sent}. {new string('漢', sent % 40)} fim")).OrThrow();
        await resizing;
        await tmux.UntilShownAsync($"m{sent}.");
        var transcript = await tmux.TranscriptAsync();
        var numbers = Number().Matches(transcript).Select(match => int.Parse(match.Groups[1].ValueSpan, null)).ToList();
        Assert.AreEqual(string.Join(' ', Enumerable.Range(1, sent)), string.Join(' ', numbers), transcript);
        await tmux.PressAsync("C-u", "fim", "Enter");
        await tmux.UntilShownAsync("ana: fim");
        Assert.AreEqual("sala>", (await tmux.ShownAsync()).TrimEnd().Split('\n')[^1]);

        async Task ResizeAsync()
        {
            foreach (var width in (int[])[120, 33, 200, 57, 40, 180]) await tmux.ResizeAsync(width, 20 + (width % 30));
            for (var i = 0; i < 10; i++) // tmux tells of the second change late
            {
                await tmux.ResizeAsync(200, 50);
                await tmux.UntilAsync(shown => shown.TrimEnd().Split('\n')[^1].Length > 100, "the whole line");
                await tmux.ResizeAsync(40, 50);
                await tmux.ResizeAsync(120, 50);
            }
        }
    }

    private static async Task<ChatClient> GuestAsync(int port, string user)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest(user, "sala"))).OrThrow();
        return client;
    }

    [GeneratedRegex(@"\bm(\d+)\.")]
    private static partial Regex Number();
}
