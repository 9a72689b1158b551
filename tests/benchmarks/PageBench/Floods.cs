using System.Diagnostics;
using System.Text.Json;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace PageBench;

/// <summary>A room that is open while many messages arrive.</summary>
internal static class Floods
{
    private const string Room = "flood";

    /// <summary>The numbers of the messages in the document, and whether none is missing between them.</summary>
    private const string Shown = """
        () => {
          const all = [...document.querySelectorAll('li.message')].map(node => Number(node.dataset.seq));
          return { last: all.at(-1), count: all.length, whole: all.every((seq, at) => at === 0 || seq === all[at - 1] + 1) };
        }
        """;

    public static async Task<string> RunAsync(Browser browser, TestDaemon daemon, int count, int perSecond)
    {
        await using var writer = await daemon.GuestAsync("flooder", Room);
        var page = await browser.OpenAsync();
        await Browser.LoginAsync(page, "bystander");
        await Browser.EnterAsync(page, Room);
        var probe = await Probe.StartAsync(browser, page);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond) + 1);
            for (; sent < due; sent++) await writer.SendAsync(new ClientFrame.Message($"message {sent + 1}, as long as most are", Room));
            await Task.Delay(1);
        }
        await page.Locator("li.message .text", new() { HasTextString = $"message {count}, " }).WaitForAsync();
        var late = Stopwatch.GetElapsedTime(began) - TimeSpan.FromSeconds(count / (double)perSecond);
        var result = await probe.StopAsync();
        var shown = await page.EvaluateAsync<JsonElement>(Shown);
        var received = await page.EvaluateAsync<long[]>("seen.numbers");
        await page.Context.CloseAsync();
        var isWhole = shown.GetProperty("whole").GetBoolean() && shown.GetProperty("last").GetInt64() == count;
        return $"{count:N0} messages at {perSecond:N0} a second: {result}; the last one is shown after {late.TotalMilliseconds:N0} ms; "
            + $"{received.Distinct().Count():N0} received, {received.Length - received.Distinct().Count()} twice; of the last "
            + $"{shown.GetProperty("count").GetInt32()} in the document {(isWhole ? "none is missing" : "SOME ARE MISSING")}";
    }
}
