using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>The page works by keyboard alone, in both languages, and on narrow screens.</summary>
[TestClass]
public sealed class AccessTests
{
    [TestMethod]
    public async Task TheKeyboardIsEnough()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        var keys = ana.Page.Keyboard;
        await Assertions.Expect(ana.Page.Locator("[name=user]")).ToBeFocusedAsync(); // the page is there, but nothing to type into yet
        await keys.TypeAsync("ana");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Input).ToBeFocusedAsync();
        await keys.TypeAsync("first");
        await keys.PressAsync("Enter");
        await ana.ExpectAsync("first");
        await keys.PressAsync("ArrowUp");
        await Assertions.Expect(ana.Messages.Last).ToBeFocusedAsync();
        await keys.PressAsync("r");
        await keys.TypeAsync("answer");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("in two lines");
        await keys.PressAsync("Enter");
        await ana.ExpectAsync("first", "answer\nin two lines");
        await Assertions.Expect(ana.Page.Locator(".quote")).ToContainTextAsync("first");
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("livros");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("h1")).ToHaveTextAsync("#livros");
        await keys.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(ana.Page.Locator("h1")).ToHaveTextAsync("#geral");
        await Assertions.Expect(ana.Input).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("?");
        await Assertions.Expect(ana.Page.Locator("dialog")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(ana.Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    /// <summary>Who presses keys by accident can turn off those of a single sign: WCAG 2.1.4.</summary>
    [TestMethod]
    public async Task KeysOfASingleSignCanBeTurnedOff()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await ana.SayAsync("first");
        await ana.ExpectAsync("first");
        var sheet = ana.Page.Locator("dialog.sheet");
        await ana.Messages.Last.FocusAsync();
        await ana.Page.Keyboard.PressAsync("?");
        await sheet.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToHaveCountAsync(0);
        await ana.Messages.Last.FocusAsync();
        foreach (var key in (string[])["?", "r", "e", "+"]) await ana.Page.Keyboard.PressAsync(key);
        await Assertions.Expect(ana.Page.Locator("chat-composer .context")).ToBeHiddenAsync();
        await Assertions.Expect(ana.Page.Locator(".picker")).ToBeHiddenAsync();
        await Assertions.Expect(sheet).ToHaveCountAsync(0);
        await ana.Page.Keyboard.PressAsync("Delete");
        await ana.ExpectAsync("Message deleted");
    }

    [TestMethod]
    public async Task TheKeyboardIsEnoughToAdminister()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await using var admin = await PageUser.OpenAsync(daemon.HttpPort, path: "/admin");
        var keys = admin.Page.Keyboard;
        await Assertions.Expect(admin.Page.Locator("[name=user]")).ToBeFocusedAsync();
        await keys.TypeAsync("admin");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(TestDaemon.AdminPassword);
        await keys.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("#view h2")).ToHaveTextAsync("Load");
        await TabToAsync(admin, "Users");
        await keys.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await TabToAsync(admin, "Ban: gil");
        await keys.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("dialog [name=user]")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync("1h");
        await keys.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("dialog .answer")).ToContainTextAsync("gil");
        await keys.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.AreEqual(ByeReason.Banned, (await gil.ExpectAsync<DaemonFrame.Bye>()).Reason);
    }

    private static async Task TabToAsync(PageUser user, string name)
    {
        for (var i = 0; i < 60; i++)
        {
            await user.Page.Keyboard.PressAsync("Tab");
            var focused = await user.Page.EvaluateAsync<string>(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
            if (focused == name) return;
        }
        Assert.Fail($"The key Tab does not lead to '{name}'.");
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(768)]
    [DataRow(2560)]
    public async Task NothingOverflowsAtAnyWidth(int width)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort, width);
        await Assertions.Expect(ana.Page.Locator("chat-login form")).ToBeVisibleAsync();
        await AssertFitsAsync(ana);
        await ana.LoginAsync("ana");
        await ana.SayAsync(new string('w', 500));
        await ana.SayAsync($"```\n{new string('x', 500)}\n```");
        await Assertions.Expect(ana.Texts).ToHaveCountAsync(2);
        await AssertFitsAsync(ana);
        if (width > 640) return;
        await ana.Page.GetByLabel("Rooms", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("chat-rooms nav")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(ana.Page.Locator("chat-rooms nav")).ToBeHiddenAsync();
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(768)]
    [DataRow(2560)]
    public async Task NothingOverflowsWhereOneAdministers(int width)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, width: width);
        foreach (var view in (string[])["load", "plugins", "rooms", "members/geral", "users", "bans", "audit", "settings"])
        {
            await admin.Page.EvaluateAsync("view => { location.hash = `#/${view}`; }", view);
            await Assertions.Expect(admin.Page.Locator("#view .hint").First).Not.ToHaveTextAsync("Connecting…");
            await AssertFitsAsync(admin);
            Assert.IsTrue(await admin.Page.EvaluateAsync<bool>(
                "(view => view.scrollWidth <= view.clientWidth)(document.getElementById('view'))"), $"{view} scrolls to the side.");
        }
    }

    [TestMethod]
    public async Task ItSpeaksTheLanguageOfTheBrowserOrTheChosenOne()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort, locale: "pt-BR");
        await Assertions.Expect(ana.Page.Locator("button.primary")).ToHaveTextAsync("Entrar");
        await Assertions.Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
        await ana.LoginAsync("ana");
        await ana.SayAsync("/nada");
        await Assertions.Expect(ana.Page.Locator("li.note.failed")).ToContainTextAsync("Só você vê isto");
        await ana.Page.Locator(".menu summary").ClickAsync();
        await ana.Page.Locator(".menu select").Nth(1).SelectOptionAsync("en");
        await Assertions.Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(ana.Input).ToHaveAttributeAsync("placeholder", "Message (/ for commands)");
    }

    /// <summary>Every control has a name, and new messages are said.</summary>
    [TestMethod]
    public async Task ControlsHaveNamesAndMessagesAreAnnounced()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "ouviu?");
        await Assertions.Expect(ana.Page.Locator("#announcer")).ToHaveTextAsync("bia: ouviu?");
        await ana.Page.Keyboard.PressAsync("Control+f");
        var unnamed = await ana.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, textarea, select, summary')]
              .filter(node => !node.textContent.trim() && !node.getAttribute('aria-label') && !node.labels?.length)
              .map(node => node.outerHTML)
            """);
        Assert.IsEmpty(unnamed);
    }

    private static async Task AssertFitsAsync(PageUser user) => Assert.IsTrue(
        await user.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls to the side.");
}
