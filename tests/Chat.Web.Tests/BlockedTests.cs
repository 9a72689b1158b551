using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>The lines of users that one has blocked are folded, wherever they come from.</summary>
[TestClass]
public sealed class BlockedTests
{
    [TestMethod]
    public async Task LinesOfBlockedUsersAreFolded()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "hello");
        await gil.SayAsync("geral", "buy this");
        await ana.ExpectAsync("hello", "buy this");
        await ana.SayAsync("/block gil");
        await ana.ExpectAsync("hello");
        await Assertions.Expect(ana.Page.Locator("li.fold")).ToHaveTextAsync("1 message of a user you have blocked");
        await Assertions.Expect(ana.Page.Locator("li.note")).ToHaveCountAsync(1);

        await gil.SayAsync("geral", "@ana and this");
        await gil.SayAsync("geral", "and that");
        await bia.SayAsync("geral", "quiet now");
        await ana.ExpectAsync("hello", "quiet now");
        await Assertions.Expect(ana.Page.Locator("li.fold")).ToHaveTextAsync(
            ["1 message of a user you have blocked", "2 messages of users you have blocked"]);
        Assert.DoesNotContain("and th", (await ana.Page.Locator("#announcer").TextContentAsync())!);
        await ana.Page.Locator("li.fold button").Last.FocusAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.ExpectAsync("hello", "@ana and this", "and that", "quiet now");

        await ana.Page.ReloadAsync();
        await ana.ExpectAsync("hello", "quiet now");
        await Assertions.Expect(ana.Page.Locator("li.fold")).ToHaveTextAsync("3 messages of users you have blocked");
        await ana.SayAsync("/unblock gil");
        await ana.ExpectAsync("hello", "buy this", "@ana and this", "and that", "quiet now");
    }

    [TestMethod]
    public async Task ASearchOpensWhatItJumpsTo()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await gil.SayAsync("geral", "a needle");
        await daemon.IndexAsync();
        await ana.SayAsync("/block gil");
        await Assertions.Expect(ana.Page.Locator("li.fold")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Control+f");
        await ana.Page.Keyboard.TypeAsync("needle");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.Locator(".results button").ClickAsync();
        await ana.ExpectAsync("a needle");
    }
}
