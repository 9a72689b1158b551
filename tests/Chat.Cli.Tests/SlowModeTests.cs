using Chat.Cli.Terminal;
using Chat.Client;
using Chat.TestKit;
using Chat.Testing;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>Lines that a room in slow mode holds back.</summary>
[TestClass]
public sealed class SlowModeTests
{
    private static readonly Conversation Room = Conversation.Room("sala");

    [TestMethod]
    [Timeout(60_000)]
    public async Task AHeldLineShowsItsWaitAndLetsCommandsPass()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await AdminAsync(daemon.Port);
        await using var screen = await EnterAsync(daemon.Port);
        (await admin.RunAsync(Room, "/slow 5m")).OrThrow();
        foreach (var line in (string[])["um", "dois", "três"]) screen.Type(line);
        await screen.UntilAsync(s => s.Waiting is [var first, var second]
            && first.StartsWith("… sending in ", StringComparison.Ordinal) && first.Contains("(slow mode", StringComparison.Ordinal)
            && first.EndsWith("dois", StringComparison.Ordinal) && second.EndsWith("três", StringComparison.Ordinal));
        screen.Type("/who");
        await screen.UntilSaidAsync("admin");
        screen.Press(EditResult.Cancel);
        await screen.UntilSaidAsync("Not sent: três");
        screen.Press(EditResult.Cancel);
        await screen.UntilSaidAsync("Not sent: dois");
        await screen.UntilAsync(s => s.Waiting.Count == 0);
        screen.Type("quatro");
        await screen.UntilAsync(s => s.Waiting is [var again] && again.StartsWith("… sending in ", StringComparison.Ordinal));
        screen.Press(EditResult.Cancel);
        await screen.UntilSaidAsync("Not sent: quatro");
    }

    /// <summary>The client tries again now and then, so it does not wait for the whole of a long interval.</summary>
    [TestMethod]
    [Timeout(60_000)]
    public async Task AHeldLineIsSentWhenSlowModeIsOff()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await AdminAsync(daemon.Port);
        var time = new TestTime();
        await using var screen = await EnterAsync(daemon.Port, time);
        (await admin.RunAsync(Room, "/slow 6h")).OrThrow();
        foreach (var line in (string[])["um", "dois"]) screen.Type(line);
        await screen.UntilAsync(s => s.Waiting.Count == 1);
        (await admin.RunAsync(Room, "/slow 0s")).OrThrow();
        time.Advance(TimeSpan.FromSeconds(10));
        await screen.UntilSaidAsync("ana: dois");
    }

    private static async Task<ChatClient> AdminAsync(int port)
    {
        var admin = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await admin.LoginAsync(LoginRequest.Account("admin", TestDaemon.AdminPassword, ["sala"]))).OrThrow();
        return admin;
    }

    private static async Task<TestScreen> EnterAsync(int port, TimeProvider? time = null)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en", Time = time ?? TimeProvider.System });
        (await client.LoginAsync(LoginRequest.Guest("ana", "sala"))).OrThrow();
        var screen = new TestScreen(client);
        await screen.UntilSaidAsync("here:");
        return screen;
    }
}
