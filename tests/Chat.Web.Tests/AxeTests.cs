using Chat.Protocol;
using Chat.TestKit;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>axe-core finds nothing to object to, on any view of either page, light and dark: WCAG 2.2 AA and its best practices.</summary>
[TestClass]
public sealed class AxeTests
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task TheLogin(ColorScheme colors)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, colors: colors);
        await Assertions.Expect(user.Page.Locator("chat-login form")).ToBeVisibleAsync();
        await AssertCleanAsync(user, "login");
        await user.Page.FillAsync("[name=user]", "admin");
        await user.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(user.Page.Locator("#login-error")).ToContainTextAsync("password");
        await AssertCleanAsync(user, "login, refused");
        await user.Page.Locator("chat-login form button.link").ClickAsync();
        await AssertCleanAsync(user, "registration");
    }

    [TestMethod]
    [DataRow(ColorScheme.Light, 1280)]
    [DataRow(ColorScheme.Dark, 1280)]
    [DataRow(ColorScheme.Light, 390)]
    [DataRow(ColorScheme.Dark, 390)]
    public async Task TheRoom(ColorScheme colors, int width)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, width, colors: colors);
        await user.RegisterAsync("ana");
        await using var bia = await daemon.GuestAsync("bia", "geral", "livros");
        await bia.SayAsync("geral", "Have **a look** at *this*, @ana: `code`, https://example.org/\n```\nmore code\n```");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("answer", "geral", ReplyTo: 1));
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", "geral"));
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("direct", To: "ana"));
        await bia.SayAsync("geral", "gone");
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(3, "geral"));
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(2, "edited", "geral"));
        await user.SayAsync("/rooms");
        await Assertions.Expect(user.Page.Locator("li.note details")).ToBeVisibleAsync();
        await user.Page.Locator("li.note summary").ClickAsync();
        await user.SayAsync("/nothing");
        await Assertions.Expect(user.Page.Locator("li.note.failed")).ToBeVisibleAsync();
        await AssertCleanAsync(user, "room");
        await user.Page.Locator("li.message").First.FocusAsync();
        await user.Page.Keyboard.PressAsync("+");
        await AssertCleanAsync(user, "tools and reactions");
        await user.Input.PressSequentiallyAsync("/re");
        await Assertions.Expect(user.Page.Locator("[role=option]").First).ToBeVisibleAsync();
        await AssertCleanAsync(user, "completions");
        await user.Input.FillAsync("");
        await user.Page.Keyboard.PressAsync("Control+f");
        await AssertCleanAsync(user, "search");
        await user.Page.Locator("chat-panel .top button").ClickAsync();
        await user.Page.GetByLabel("Members", new() { Exact = true }).ClickAsync();
        await AssertCleanAsync(user, "members");
        await user.Page.Keyboard.PressAsync("Escape");
        if (width < 640) await user.Page.GetByLabel("Rooms", new() { Exact = true }).ClickAsync();
        await user.Page.Locator(".menu summary").ClickAsync();
        await AssertCleanAsync(user, "menu");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Keyboard" }).ClickAsync();
        await AssertCleanAsync(user, "keys");
    }

    [TestMethod]
    [DataRow(ColorScheme.Light, 1280)]
    [DataRow(ColorScheme.Dark, 1280)]
    [DataRow(ColorScheme.Light, 390)]
    [DataRow(ColorScheme.Dark, 390)]
    public async Task TheAdministratorsPage(ColorScheme colors, int width)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var writer = await daemon.ConnectAsync();
        await writer.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        await using var gil = await daemon.GuestAsync("gil", "geral");
        foreach (var line in (string[])["/mute gil 1h barulho", "/ban rede 203.0.113.0/24 1h", "/plugins recarregar welcome"])
            await writer.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, "geral"));
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "load", width, colors);
        await Assertions.Expect(admin.Page.Locator(".plots")).ToBeVisibleAsync();
        await AssertCleanAsync(admin, "load");
        foreach (var view in (string[])["plugins", "rooms", "members/geral", "users", "bans", "audit", "settings"])
        {
            await admin.Page.EvaluateAsync("view => { location.hash = `#/${view}`; }", view);
            await Assertions.Expect(admin.Page.Locator("#view tbody tr").First).ToBeVisibleAsync();
            await AssertCleanAsync(admin, view);
        }
        await admin.Page.EvaluateAsync("location.hash = '#/users'");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Role: admin" }).ClickAsync();
        await AssertCleanAsync(admin, "order");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(admin.Page.Locator("dialog :is(.answer, .error):not(:empty)").First).ToBeVisibleAsync();
        await AssertCleanAsync(admin, "order, answered");
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task TheRefusalOfTheAdministratorsPage(ColorScheme colors)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, colors: colors, path: "/admin");
        await Assertions.Expect(user.Page.Locator("chat-login form")).ToBeVisibleAsync();
        await AssertCleanAsync(user, "login");
        await user.FillInAsync("gil");
        await Assertions.Expect(user.Page.Locator("main.refused")).ToBeVisibleAsync();
        await AssertCleanAsync(user, "refused");
    }

    private static async Task AssertCleanAsync(PageUser user, string view)
    {
        await user.Page.EvaluateAsync("document.getAnimations().forEach(animation => animation.finish())");
        await user.Page.EvaluateAsync(Script);
        var violations = await user.Page.EvaluateAsync<string[]>("""
            async () => {
              const { violations } = await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              });
              return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target}: ${node.failureSummary}`));
            }
            """);
        Assert.AreEqual("", string.Join('\n', violations), view);
    }
}
