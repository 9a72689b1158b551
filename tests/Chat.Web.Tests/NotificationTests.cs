using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>Notifications of the browser, for direct messages and mentions while the user looks elsewhere.</summary>
[TestClass]
public sealed class NotificationTests
{
    /// <summary>Keeps what the page shows, and shows it.</summary>
    private const string Keep = """
        window.shown = [];
        window.Notification = class extends Notification {
          constructor(title, options) {
            super(title, options);
            shown.push({ title, body: options.body, notification: this });
          }
        };
        """;

    [TestMethod]
    public async Task MentionsAndDirectMessagesAreNotified()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await OpenAsync(daemon, "notifications");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "@ana while you look");
        await ana.ExpectAsync("@ana while you look");
        await LookAwayAsync(ana);
        await bia.SayAsync("geral", "nothing for you");
        await bia.SayAsync("geral", "@ana <b>look</b>");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psst", To: "ana"));
        var entry = ana.Page.Locator("chat-rooms nav button", new() { HasText = "bia" });
        await Assertions.Expect(entry.Locator(".badge")).ToHaveTextAsync("1");
        Assert.AreEqual(
            "bia mentions you in #geral: @ana <b>look</b> | bia: psst",
            await ana.Page.EvaluateAsync<string>("shown.map(({ title, body }) => `${title}: ${body}`).join(' | ')"));
        await ana.Page.EvaluateAsync("shown[1].notification.dispatchEvent(new Event('click'))");
        await Assertions.Expect(ana.Page.Locator("header.head h1")).ToHaveTextAsync("bia");
        await ana.ExpectAsync("psst");
    }

    [TestMethod]
    public async Task WithoutThePermissionOnlyTheTitleCounts()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await OpenAsync(daemon);
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await LookAwayAsync(ana);
        await bia.SayAsync("geral", "@ana look");
        await Assertions.Expect(ana.Page).ToHaveTitleAsync("(1) #geral · Chat");
        Assert.AreEqual(0, await ana.Page.EvaluateAsync<int>("shown.length"));
    }

    private static async Task<PageUser> OpenAsync(TestDaemon daemon, params string[] permissions)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new() { Locale = "en-US" });
        await context.GrantPermissionsAsync(permissions);
        await context.AddInitScriptAsync(Keep);
        var ana = await PageUser.OpenAsync(await context.NewPageAsync(), daemon.HttpPort);
        await ana.RegisterAsync("ana");
        return ana;
    }

    /// <summary>A page that a program drives always has the focus.</summary>
    private static async Task LookAwayAsync(PageUser user) => await user.Page.EvaluateAsync("document.hasFocus = () => false");
}
