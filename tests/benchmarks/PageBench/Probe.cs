using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace PageBench;

/// <summary>
/// What a page costs from the start to the stop: time of its main thread, memory, frames, long tasks. It ends with the page.
/// </summary>
internal sealed class Probe
{
    private const string Count = """
        () => {
          window.probe = { frames: 0, dropped: 0, worst: 0, long: [] };
          let last = performance.now();
          const frame = now => {
            const interval = now - last;
            last = now;
            probe.frames++;
            probe.dropped += Math.max(0, Math.round(interval / (1000 / 60)) - 1);
            probe.worst = Math.max(probe.worst, interval);
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          new PerformanceObserver(list => probe.long.push(...list.getEntries().map(task => task.duration)))
            .observe({ type: 'longtask' });
        }
        """;

    private readonly Browser browser;
    private readonly IPage page;
    private readonly ICDPSession session;
    private readonly long began = Stopwatch.GetTimestamp();
    private Dictionary<string, double> before = [];
    private double cpu;

    private Probe(Browser browser, IPage page, ICDPSession session) =>
        (this.browser, this.page, this.session) = (browser, page, session);

    public static async Task<Probe> StartAsync(Browser browser, IPage page)
    {
        var probe = new Probe(browser, page, await page.Context.NewCDPSessionAsync(page));
        await probe.session.SendAsync("Performance.enable");
        await page.EvaluateAsync(Count);
        probe.before = await probe.MetricsAsync();
        probe.cpu = await browser.CpuAsync();
        return probe;
    }

    public async Task<string> StopAsync()
    {
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var all = await browser.CpuAsync() - cpu;
        var frames = await page.EvaluateAsync<JsonElement>("probe"); // before the garbage collection below, which is a long task
        var after = await MetricsAsync();
        var longTasks = frames.GetProperty("long").EnumerateArray().Select(task => task.GetDouble()).ToList();
        var busy = after["TaskDuration"] - before["TaskDuration"];
        double HeapOf(Dictionary<string, double> metrics) => metrics["JSHeapUsedSize"] / 1e6;
        return $"Chromium {all / seconds:P0} of a core, the page's main thread {busy / seconds:P0}, "
            + $"heap {HeapOf(after):N1} MB (from {HeapOf(before):N1}), "
            + $"{frames.GetProperty("frames").GetInt32() / seconds:N0} frames a second, "
            + $"{frames.GetProperty("dropped").GetInt32()} dropped, "
            + $"tasks over 50 ms: {longTasks.Count}{(longTasks.Count > 0 ? $" (longest {longTasks.Max():N0} ms)" : "")}";
    }

    private async Task<Dictionary<string, double>> MetricsAsync()
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        var answer = await session.SendAsync("Performance.getMetrics");
        return answer!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble());
    }
}
