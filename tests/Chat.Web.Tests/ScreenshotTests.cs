using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;
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

    [TestMethod]
    [DataRow(1280, ColorScheme.Light)]
    [DataRow(1280, ColorScheme.Dark)]
    [DataRow(390, ColorScheme.Light)]
    [DataRow(390, ColorScheme.Dark)]
    public async Task TheAdministratorsPage(int width, ColorScheme colors)
    {
        if (Folder is null) return; // an hour of measurements is only for the pictures
        var time = new TestTime();
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var writer = await daemon.ConnectAsync();
        await writer.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        var guests = new List<TestClient>();
        foreach (var name in (string[])["bia", "caio", "davi", "eva"]) guests.Add(await daemon.GuestAsync(name, "geral", "livros"));
        await LoadAsync(daemon, guests, time);
        string[] lines =
        [
            "/topico Releases and the test machine", "/palavra bloquear propaganda", "/plugins recarregar welcome", "/mute eva 2h noise",
            "/ban rede 203.0.113.0/24 7d flooding", "/conta criar ana --papel moderador uma senha comprida",
        ];
        foreach (var line in lines) await writer.AskAsync<DaemonFrame>(new ClientFrame.Message(line, "geral"));
        await guests[0].SayAsync("geral", "Good morning!");
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "load", width, colors);
        await Assertions.Expect(admin.Page.Locator(".plots")).ToBeVisibleAsync();
        await TakeAsync(admin, "admin-load", width, colors);
        foreach (var view in (string[])["plugins", "rooms", "users", "bans", "audit", "settings"])
        {
            await admin.Page.EvaluateAsync("view => { location.hash = `#/${view}`; }", view);
            await Assertions.Expect(admin.Page.Locator("#view tbody tr").First).ToBeVisibleAsync();
            await TakeAsync(admin, $"admin-{view}", width, colors);
        }
        await admin.Page.EvaluateAsync("location.hash = '#/users'");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Ban: caio" }).ClickAsync();
        await admin.Page.Locator("dialog [name=duration]").FillAsync("1h");
        await TakeAsync(admin, "admin-order", width, colors);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    /// <summary>An hour of measurements in a few seconds.</summary>
    private static async Task LoadAsync(TestDaemon daemon, List<TestClient> guests, TestTime time)
    {
        var samples = daemon.Get<LoadSamples>();
        for (var i = 0; i < 500; i++)
        {
            var count = 1 + (int)(8 * Math.Abs(Math.Sin(i / 60.0))) + (i % 3);
            for (var j = 0; j < count; j++) await guests[j % guests.Count].SayAsync("geral", $"message {i}-{j}");
            time.Advance(LoadSamples.Interval);
            while (samples.After(0).Count < i) await Task.Yield();
        }
    }

    private static Task TakeAsync(PageUser user, string what, int width, ColorScheme colors) => Folder is null
        ? Task.CompletedTask
        : user.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{what}-{width}-{colors.ToString().ToLowerInvariant()}.png") });
}
