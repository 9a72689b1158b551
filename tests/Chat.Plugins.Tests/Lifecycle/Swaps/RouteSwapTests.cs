using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Swaps of a plugin with routes, while it is asked without pause.</summary>
[TestClass]
public sealed class RouteSwapTests
{
    private const int Visitors = 10, Last = 21;

    [TestMethod, Timeout(180_000)]
    public async Task ASwapUnderLoadLosesNoRequest()
    {
        var report = new SwapReport();
        await using var series = await SwapSeries.StartAsync("Porter", report);
        using var stop = new CancellationTokenSource();
        var address = new Uri($"http://127.0.0.1:{series.Daemon.HttpPort}/p/porter/");
        var visiting = Enumerable.Range(0, Visitors)
            .Select(i => VisitAsync(new Uri(address, i % 2 == 0 ? "version" : "slow"), report, stop.Token)).ToList();
        await series.SwapAsync(2, Last - 1);
        await stop.CancelAsync();
        await Task.WhenAll(visiting);
        Assert.IsEmpty(report.Faults);
        Assert.IsGreaterThan(Visitors * Last, report.Answers.Count);
        await series.CollectedAsync(Last - 1);
        await series.RemoveAsync();
        using (var client = new HttpClient())
        {
            using var gone = await client.GetAsync(new Uri(address, "version"));
            Assert.AreEqual(HttpStatusCode.NotFound, gone.StatusCode);
        }
        await series.CollectedAsync(Last);
        Assert.IsLessThanOrEqualTo(3, series.MostAlive);
    }

    private static async Task VisitAsync(Uri address, SwapReport report, CancellationToken stop)
    {
        using var client = new HttpClient();
        while (!stop.IsCancellationRequested)
        {
            var (oldest, began) = (report.Active, Stopwatch.GetTimestamp());
            using var answer = await client.GetAsync(address, CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            var shown = answer.IsSuccessStatusCode
                ? $"{text} "
                : string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {text}");
            report.Answered(address.AbsolutePath, shown, oldest, Stopwatch.GetElapsedTime(began));
        }
    }
}
