using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>A guest sets all that others see, and a user looks at it in every part of the page.</summary>
[TestClass]
public sealed class HostileGuestTests
{
    private const string Markup = "<img src=x onerror=alert(1)> <b>bold</b> <a href=javascript:alert(2)>link</a>";

    /// <summary>Written from right to left.</summary>
    private const string Name = "גיל", Room = "חדר";

    /// <summary>What would have come from markup, and the names that turn the direction of what is beside them.</summary>
    private const string Harm = """
        names => {
          const made = [...document.body.querySelectorAll('img, b, i, script, style, iframe, a, [onerror], [onload], [href]')];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const bare = [];
          for (let node; (node = walker.nextNode());) {
            if (!names.some(name => node.data.includes(name)) || node.parentElement.closest('#announcer')) continue;
            const isolated = node.parentElement.closest('bdi, [dir=auto]');
            if (!isolated || getComputedStyle(isolated).unicodeBidi !== 'isolate') bare.push(node.parentElement.outerHTML);
          }
          return [...made.map(node => node.outerHTML), ...bare, ...violations];
        }
        """;

    [TestMethod]
    public async Task AllOfItStaysTextThatTurnsNothingElse()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await OpenAsync(daemon);
        await using var gil = await daemon.GuestAsync(Name, Room);
        await ana.JoinAsync(Room);
        await gil.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message($"/topico {Markup}", Room));
        await gil.SayAsync(Room, Markup);
        await gil.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"@ana {Markup}", Room, ReplyTo: 1));
        await gil.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", Room));
        await gil.AskAsync<DaemonFrame.Message>(new ClientFrame.Message(Markup, To: "ana"));
        await gil.SendAsync(new ClientFrame.Typing(Room));
        await Assertions.Expect(ana.Page.Locator(".topic")).ToHaveTextAsync(Markup);
        await Assertions.Expect(ana.Page.Locator(".quote")).ToContainTextAsync(Markup);
        await Assertions.Expect(ana.Page.Locator(".typing")).ToContainTextAsync(Name);
        await AssertHarmlessAsync(ana, "room");
        await ana.Page.Locator("button.latest").EvaluateAsync("node => { node.hidden = false; }");
        await ana.Messages.First.FocusAsync();
        await ana.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(ana.Page.Locator(".context")).ToContainTextAsync(Markup);
        await AssertHarmlessAsync(ana, "reply");
        await ana.Page.Keyboard.PressAsync("Escape");
        foreach (var line in (string[])["/salas", $"/{Markup}", "/quem"]) await ana.SayAsync(line);
        await Assertions.Expect(ana.Page.Locator("li.note details")).Not.ToHaveCountAsync(0);
        await ana.Page.Locator("li.note details").EvaluateAllAsync<int>("all => all.filter(one => (one.open = true)).length");
        await AssertHarmlessAsync(ana, "answers of commands");
        await ana.Input.PressSequentiallyAsync($"@{Name[..1]}");
        await Assertions.Expect(ana.Page.Locator("[role=option]")).ToContainTextAsync(Name);
        await AssertHarmlessAsync(ana, "completion");
        await ana.Input.FillAsync("");
        await ana.Page.GetByLabel("Members", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".members")).ToContainTextAsync(Name);
        await AssertHarmlessAsync(ana, "members");
        await daemon.IndexAsync();
        await ana.Page.Keyboard.PressAsync("Control+f");
        await ana.Page.Keyboard.TypeAsync("onerror");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator(".results li")).ToHaveCountAsync(3);
        await AssertHarmlessAsync(ana, "search");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Mentions" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".results li")).ToHaveCountAsync(1);
        await AssertHarmlessAsync(ana, "mentions");
        await ana.Page.Locator("chat-rooms nav button", new() { HasText = Name }).ClickAsync();
        await ana.ExpectAsync(Markup);
        await AssertHarmlessAsync(ana, "direct messages");
    }

    /// <summary>The reason of a moderator, who may be a guest that was given the role's permissions.</summary>
    [TestMethod]
    public async Task TheReasonOfARemovalStaysText()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await OpenAsync(daemon);
        await using var admin = await daemon.ConnectAsync();
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: [Room]));
        await ana.JoinAsync(Room);
        await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message($"/mute ana 1h {Markup}", Room));
        await ana.SayAsync("may I?");
        await Assertions.Expect(ana.Page.Locator("li.pending.failed")).ToContainTextAsync("<b>bold</b>");
        await AssertHarmlessAsync(ana, "mute");
        await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message($"/kick ana {Markup}", Room));
        await Assertions.Expect(ana.Page.Locator("chat-rooms > .error")).ToContainTextAsync($": {Markup}");
        await AssertHarmlessAsync(ana, "kick");
        await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message($"/ban ana 1h {Markup}", Room));
        await Assertions.Expect(ana.Page.Locator("#login-error")).Not.ToBeEmptyAsync();
        await ana.FillInAsync("ana", PageUser.Password);
        await Assertions.Expect(ana.Page.Locator("#login-error")).ToContainTextAsync("<b>bold</b>");
        await AssertHarmlessAsync(ana, "ban");
    }

    private static async Task<PageUser> OpenAsync(TestDaemon daemon)
    {
        var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.Page.EvaluateAsync("""
            window.violations = [];
            document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));
            """);
        await ana.RegisterAsync("ana");
        return ana;
    }

    private static async Task AssertHarmlessAsync(PageUser user, string part) =>
        Assert.AreEqual("", string.Join('\n', await user.Page.EvaluateAsync<string[]>(Harm, new[] { Name, Room })), part);
}
