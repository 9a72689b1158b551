using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>Each tab has a session of its own, and the key of an account is out of every script's reach.</summary>
[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public async Task AnAccountsKeyIsOutOfReach()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        var reach = await ana.Page.EvaluateAsync<string>(
            "document.cookie + JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })");
        var cookie = (await ana.Page.Context.CookiesAsync()).Single();
        Assert.IsTrue(cookie.HttpOnly);
        Assert.DoesNotContain(cookie.Value, reach);
        Assert.DoesNotContain("token", reach);
    }

    [TestMethod]
    public async Task ReloadingKeepsTheSessionAndTheDraft()
    {
        await using var daemon = await TestDaemon.StartAsync();
        foreach (var isGuest in (bool[])[true, false])
        {
            await using var user = await PageUser.OpenAsync(daemon.HttpPort);
            if (isGuest) await user.LoginAsync("visita");
            else await user.RegisterAsync("ana");
            await user.JoinAsync("livros");
            await user.SayAsync("one");
            await Assertions.Expect(user.Texts).ToHaveCountAsync(isGuest ? 1 : 2);
            await user.Input.FillAsync("half of a");
            await user.Page.ReloadAsync();
            await Assertions.Expect(user.Texts.First).ToHaveTextAsync("one");
            await Assertions.Expect(user.Input).ToHaveValueAsync("half of a");
        }
    }

    [TestMethod]
    public async Task AnotherTabHasASessionOfItsOwnAndLogoutEndsAll()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        var second = await PageUser.OpenAsync(await ana.Page.Context.NewPageAsync(), daemon.HttpPort);
        await second.SayAsync("from the other tab");
        await ana.ExpectAsync("from the other tab");
        await second.Page.Locator(".menu summary").ClickAsync();
        await second.Page.Locator(".menu button", new() { HasText = "Log out" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("#login-error")).ToHaveTextAsync("The session was ended. Log in again.");
    }

    [TestMethod]
    public async Task ADuplicatedTabTakesNothingOver()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        // A duplicate is a tab with a copy of the other one's storage.
        var kept = await ana.Page.EvaluateAsync<string>("sessionStorage.getItem('chat.session')");
        var copy = await ana.Page.Context.NewPageAsync();
        await copy.AddInitScriptAsync($"sessionStorage.setItem('chat.session', {System.Text.Json.JsonSerializer.Serialize(kept)})");
        var duplicate = await PageUser.OpenAsync(copy, daemon.HttpPort);
        await Assertions.Expect(duplicate.Page.Locator("chat-login")).ToBeVisibleAsync();
        await ana.SayAsync("still here");
        await ana.ExpectAsync("still here");
    }

    /// <summary>The browser itself copies the storage into a window that the page opens.</summary>
    [TestMethod]
    public async Task ACopyMadeByTheBrowserTakesNothingOver()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        var copy = await ana.Page.RunAndWaitForPopupAsync(() => ana.Page.EvaluateAsync("() => { open('/'); }"));
        await Assertions.Expect(copy.Locator("chat-login")).ToBeVisibleAsync();
        await ana.SayAsync("still here");
        await ana.ExpectAsync("still here");
    }

    [TestMethod]
    public async Task AWrongPasswordIsSaidAndANameWithoutOneIsAskedForIt()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort);
        await user.Page.FillAsync("[name=user]", "admin");
        await user.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(user.Page.Locator("#login-error")).ToContainTextAsync("password");
        await Assertions.Expect(user.Page.Locator("[name=password]")).ToBeFocusedAsync();
        await user.Page.Keyboard.TypeAsync("errada");
        await user.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(user.Page.Locator("#login-error")).ToContainTextAsync("Wrong");
        await user.LoginAsync("admin", TestDaemon.AdminPassword);
    }

    [TestMethod]
    public async Task AfterALogoutAWrongPasswordShowsNothingOfTheChat()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await user.Page.Locator(".menu summary").ClickAsync();
        await user.Page.Locator(".menu button", new() { HasText = "Log out" }).ClickAsync();
        await user.Page.EvaluateAsync(
            "new MutationObserver(() => { window.wasShown ||= Boolean(document.querySelector('chat-rooms')); })"
            + ".observe(document.body, { childList: true, subtree: true })");
        await user.FillInAsync("admin", "errada");
        await Assertions.Expect(user.Page.Locator("#login-error")).ToContainTextAsync("Wrong");
        Assert.IsFalse(await user.Page.EvaluateAsync<bool>("Boolean(window.wasShown)"));
    }
}
