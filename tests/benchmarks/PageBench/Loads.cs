using Chat.Protocol;
using Chat.TestKit;

namespace PageBench;

/// <summary>How long a page takes until it can be used, with nothing cached.</summary>
internal static class Loads
{
    public static async Task<string> FirstAsync(Browser browser, int count)
    {
        await using var smallest = await SmallestPage.StartAsync();
        var (times, floor) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            floor.Add(await FieldAsync(browser, smallest.Port));
            times.Add(await FieldAsync(browser));
        }
        return $"the login is there after {Quantiles.Of(times)}; the field of a page of nothing else after {Quantiles.Of(floor)}";
    }

    private static async Task<double> FieldAsync(Browser browser, int? port = null)
    {
        var page = await browser.OpenAsync(port);
        var time = await page.EvaluateAsync<double>("seen.field");
        await page.Context.CloseAsync();
        return time;
    }

    /// <summary>Of a tab that is loaded again: from the navigation to the first message of its room.</summary>
    public static async Task<string> MessagesAsync(Browser browser, TestDaemon daemon, int count)
    {
        await using var writer = await daemon.GuestAsync("writer", "geral");
        for (var i = 0; i < 100; i++) await writer.SayAsync("geral", $"message {i}");
        var page = await browser.OpenAsync();
        await Browser.LoginAsync(page, "reader");
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            await page.Locator("li.message").First.WaitForAsync();
            await page.ReloadAsync();
            await page.Locator("li.message").First.WaitForAsync();
            times.Add(await page.EvaluateAsync<double>("seen.message"));
        }
        await page.Context.CloseAsync();
        await writer.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        return $"a tab loaded again shows its messages after {Quantiles.Of(times)}";
    }
}
