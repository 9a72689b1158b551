using System.Collections.Concurrent;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>A user at the page. What the page reports as an error fails the test.</summary>
internal sealed class PageUser : IAsyncDisposable
{
    public const string Password = "uma senha bem comprida";

    private readonly ConcurrentQueue<string> errors = new();

    private PageUser(IPage page) => Page = page;

    public IPage Page { get; }

    public ILocator Input => Page.Locator("chat-composer textarea");

    public ILocator Messages => Page.Locator("chat-log li.message");

    /// <summary>The texts of the messages, from top to bottom.</summary>
    public ILocator Texts => Page.Locator("chat-log li.message:not(.pending) .text");

    /// <summary>Opens the page without logging in.</summary>
    public static async Task<PageUser> OpenAsync(
        int port, int width = 1280, string locale = "en-US", ColorScheme colors = ColorScheme.Light, string path = "/")
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            Locale = locale,
            TimezoneId = "UTC",
            ColorScheme = colors,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        return await OpenAsync(await context.NewPageAsync(), port, path);
    }

    /// <summary>Opens it in a page of the same browser.</summary>
    public static async Task<PageUser> OpenAsync(IPage page, int port, string path = "/")
    {
        var user = new PageUser(page);
        page.SetDefaultTimeout(20_000);
        page.PageError += (_, error) => user.errors.Enqueue(error);
        page.Dialog += (_, dialog) => _ = dialog.Type == "confirm" ? dialog.AcceptAsync() : user.FailAsync(dialog);
        await page.GotoAsync($"http://127.0.0.1:{port}{path}");
        return user;
    }

    public static async Task<PageUser> GuestAsync(int port, string name, int width = 1280)
    {
        var user = await OpenAsync(port, width);
        await user.LoginAsync(name);
        return user;
    }

    public async Task LoginAsync(string name, string? password = null)
    {
        await FillInAsync(name, password);
        await Input.WaitForAsync();
    }

    /// <summary>An admin at <c>/admin</c>.</summary>
    /// <param name="view">Such as <c>plugins</c>.</param>
    public static async Task<PageUser> AdminAsync(
        int port, string view = "load", int width = 1280, ColorScheme colors = ColorScheme.Light, string locale = "en-US")
    {
        var admin = await OpenAsync(port, width, locale, colors, $"/admin#/{view}");
        await admin.FillInAsync("admin", TestDaemon.AdminPassword);
        await admin.Page.Locator("#view h2").WaitForAsync();
        return admin;
    }

    /// <summary>Fills the login in.</summary>
    public async Task FillInAsync(string name, string? password = null)
    {
        await Page.FillAsync("[name=user]", name);
        if (password is not null) await Page.FillAsync("[name=password]", password);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task RegisterAsync(string name)
    {
        await Page.Locator("chat-login form button.link").ClickAsync();
        await LoginAsync(name, Password);
    }

    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    /// <summary>Waits until exactly these texts are there.</summary>
    public Task ExpectAsync(params string[] texts) => Assertions.Expect(Texts).ToHaveTextAsync(texts, new() { Timeout = 30_000 });

    public async Task JoinAsync(string room)
    {
        await Page.FillAsync("chat-rooms form input", room);
        await Page.PressAsync("chat-rooms form input", "Enter");
        var title = room.StartsWith('@') ? room[1..] : $"#{room}";
        await Assertions.Expect(Page.Locator("header.head h1")).ToHaveTextAsync(title);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.AreEqual("", string.Join('\n', errors));
    }

    private Task FailAsync(IDialog dialog)
    {
        errors.Enqueue($"a dialog: {dialog.Message}");
        return dialog.DismissAsync();
    }
}
