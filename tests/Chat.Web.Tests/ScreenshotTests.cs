using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>The pictures in the documentation: <c>docs/images/make.sh</c> writes them.</summary>
[TestClass]
public sealed class ScreenshotTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHAT_WRITE_IMAGES");

    [TestMethod]
    [DataRow(1280, ColorScheme.Light)]
    [DataRow(1280, ColorScheme.Dark)]
    [DataRow(390, ColorScheme.Light)]
    [DataRow(390, ColorScheme.Dark)]
    public async Task TheRoomOfATeam(int width, ColorScheme colors)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, width, colors: colors);
        await TakeAsync(user, "login", width, colors);
        await user.RegisterAsync("ana");
        await using var bia = await daemon.GuestAsync("bia", "geral", "livros");
        await using var caio = await daemon.GuestAsync("caio", "geral");
        await bia.SayAsync("geral", "Good morning! Is the new build on the test machine already?");
        await user.SayAsync(
            "Yes, since nine. It restarted without losing anything:\n```\nchatd backup /srv/backup\nsystemctl restart chatd\n```");
        await Assertions.Expect(user.Texts).ToHaveCountAsync(2);
        await caio.SayAsync("geral", "**Great.** I will run `chat-load --users 1000` after lunch, see https://example.org/load.");
        await bia.SayAsync("geral", "@ana the numbers from yesterday are in the report. *Have a look* when you have time.");
        await caio.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", "geral"));
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.React(3, "🎉", "geral"));
        await caio.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("On the second machine, please.", "geral", ReplyTo: 3));
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("Coffee?", To: "ana"));
        await bia.SendAsync(new ClientFrame.Typing("geral"));
        await Assertions.Expect(user.Texts).ToHaveCountAsync(5);
        await Assertions.Expect(user.Page.Locator(".reactions")).ToHaveCountAsync(2);
        await Assertions.Expect(user.Page.Locator(".typing")).ToContainTextAsync("bia");
        await TakeAsync(user, "room", width, colors);
        if (width < 640) return;
        await user.Input.PressSequentiallyAsync("/re");
        await Assertions.Expect(user.Page.Locator("[role=option]").First).ToBeVisibleAsync();
        await TakeAsync(user, "commands", width, colors);
    }

    private static Task TakeAsync(PageUser user, string what, int width, ColorScheme colors) => Folder is null
        ? Task.CompletedTask
        : user.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{what}-{width}-{colors.ToString().ToLowerInvariant()}.png") });
}
