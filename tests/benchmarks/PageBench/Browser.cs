using Microsoft.Playwright;

namespace PageBench;

/// <summary>Chromium, with a page of its own for each measurement.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// Notes when the first field of the login and the first message are there, in milliseconds since the navigation, and the numbers of
    /// the messages that come over the page's connection.
    /// </summary>
    private const string Watch = """
        window.seen = { numbers: [] };
        window.WebSocket = class extends WebSocket {
          constructor(...all) {
            super(...all);
            this.addEventListener('message', ({ data }) => {
              if (data.startsWith('{"type":"message",')) seen.numbers.push(Number(/"seq":(\d+)/.exec(data)[1]));
            });
          }
        };
        new MutationObserver(() => {
          if (!seen.field && document.querySelector('input')) seen.field = performance.now();
          if (!seen.message && document.querySelector('li.message')) seen.message = performance.now();
        }).observe(document, { childList: true, subtree: true });
        """;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly ICDPSession session;
    private readonly int port;

    private Browser(IPlaywright playwright, IBrowser browser, ICDPSession session, int port) =>
        (this.playwright, this.browser, this.session, this.port) = (playwright, browser, session, port);

    public static async Task<Browser> LaunchAsync(int port)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).First(File.Exists);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        return new(playwright, browser, await browser.NewBrowserCDPSessionAsync(), port);
    }

    /// <summary>Of all its processes, in seconds.</summary>
    public async Task<double> CpuAsync()
    {
        var answer = await session.SendAsync("SystemInfo.getProcessInfo");
        return answer!.Value.GetProperty("processInfo").EnumerateArray().Sum(process => process.GetProperty("cpuTime").GetDouble());
    }

    /// <summary>A page of a browser that has cached nothing.</summary>
    /// <param name="other">The port of another daemon.</param>
    public async Task<IPage> OpenAsync(int? other = null)
    {
        var context = await browser.NewContextAsync(new() { Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        await SettledAsync();
        page.SetDefaultTimeout(60_000);
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync($"http://127.0.0.1:{other ?? port}/");
        await page.Locator("input").First.WaitForAsync();
        return page;
    }

    /// <summary>A new window loads parts of Chromium's own for a while, which would compete with the page.</summary>
    private async Task SettledAsync()
    {
        const double Idle = 0.02; // of a core
        var interval = TimeSpan.FromMilliseconds(200);
        var (before, now) = (0.0, await CpuAsync());
        while (now - before > Idle * interval.TotalSeconds)
        {
            await Task.Delay(interval);
            (before, now) = (now, await CpuAsync());
        }
    }

    public static async Task LoginAsync(IPage page, string name)
    {
        await page.FillAsync("[name=user]", name);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("chat-composer textarea").WaitForAsync();
    }

    public static async Task EnterAsync(IPage page, string room)
    {
        await page.FillAsync("chat-rooms form input", room);
        await page.PressAsync("chat-rooms form input", "Enter");
        await page.Locator("header.head h1", new() { HasText = $"#{room}" }).WaitForAsync();
    }

    public async Task<string> SizeAsync()
    {
        var (files, bytes) = (0, 0L);
        var context = await browser.NewContextAsync(new() { Locale = "en-US" });
        var page = await context.NewPageAsync();
        var bodies = new List<Task<byte[]>>();
        page.Response += (_, response) => bodies.Add(response.BodyAsync());
        await page.GotoAsync($"http://127.0.0.1:{port}/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        foreach (var body in await Task.WhenAll(bodies)) (files, bytes) = (files + 1, bytes + body.Length);
        await context.CloseAsync();
        return $"{bytes / 1024.0:N0} KB in {files} files, uncompressed";
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
