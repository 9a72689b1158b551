using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>The metrics of filters and handlers.</summary>
[TestClass]
public sealed class HookMetricsTests
{
    [TestMethod]
    public async Task EachOutcomeOfAFilterIsCounted()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        string[] texts = ["oi", "!replace", "!reject", "!drop", "!throw", "!hang", "!hang", "!hang", "!hang", "!hang", "!hang"];
        foreach (var text in texts)
            await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(text, "geral"));
        await ana.SettleAsync();

        var metrics = await daemon.MetricsAsync();
        Assert.AreEqual(
            "abandoned 0, allowed 7, bypassed 0, dropped 1, failed 1, missed 0, rejected 1, replaced 1",
            OutcomesOf(metrics, "chat_filter_calls_total", "Obedient"));
        Assert.AreEqual(
            "abandoned 0, allowed 3, bypassed 1, dropped 0, failed 0, missed 5, rejected 0, replaced 0",
            OutcomesOf(metrics, "chat_filter_calls_total", "Sluggish"));
        Assert.IsGreaterThan(0.45, SecondsOf(metrics, "chat_filter_time_seconds_total", "Sluggish")); // five deadlines of 100 ms
        Assert.Contains("# TYPE chat_filter_time_seconds_total counter", metrics);
    }

    [TestMethod]
    public async Task EachOutcomeOfAnEventIsCounted()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "oops");
        await ana.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await daemon.WaitForEventAsync("ana left geral"); // events are handled in order, so the earlier ones are counted
        var outcomes = OutcomesOf(await daemon.MetricsAsync(), "chat_handler_events_total", "Witness");
        StringAssert.Matches(outcomes, new Regex("^abandoned 0, failed 1, handled [23], lost 0, missed 0$"));
    }

    [TestMethod]
    public async Task ACallInterruptedByTheStopCountsAsAbandoned()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, hooks) = (await daemon.EnterAsync("ana"), daemon.Users.Daemon.Get<DaemonMetrics>().Hooks);
        await ana.SendAsync(new ClientFrame.Message("!wait", "geral"));
        await daemon.Log.LineAsync(l => l.TrimEnd().EndsWith("Waits", StringComparison.Ordinal));
        await daemon.Users.Daemon.StopAsync();
        Assert.AreEqual(1, hooks.Filter("filters", "Last").Outcomes["abandoned"].Value);
    }

    [TestMethod]
    public async Task TotalsContinueInTheNextGenerationAndTheOldOneIsCollected()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        await ana.SayAsync("geral", "oi");
        await daemon.MetricsAsync();
        await daemon.Users.Daemon.Get<PluginSupervisor>().ApplyAsync(PluginAction.Reload, "filters", "en", CancellationToken.None);
        await ana.SayAsync("geral", "oi");
        Assert.Contains("allowed 2,", OutcomesOf(await daemon.MetricsAsync(), "chat_filter_calls_total", "Obedient"));
        await daemon.Log.LineAsync(l => l.Contains("Plugin filters 0.1.0 is collected", StringComparison.Ordinal));

        await daemon.Users.Daemon.Get<PluginSupervisor>().ApplyAsync(PluginAction.Disable, "filters", "en", CancellationToken.None);
        await ana.SayAsync("geral", "oi");
        Assert.Contains("allowed 2,", OutcomesOf(await daemon.MetricsAsync(), "chat_filter_calls_total", "Obedient"));
    }

    [TestMethod]
    public void LabelsFromPluginsAreBoundedInLengthAndNumber()
    {
        var metrics = new HookMetrics();
        Assert.AreSame(metrics.Filter("plugin", new('x', 100)), metrics.Filter("plugin", new('x', 10_000)));
        for (var i = 1; i < 1_000; i++) metrics.Filter("plugin", $"Filter{i}");
        Assert.AreSame(metrics.Filter("plugin", "Filter1000"), metrics.Filter("another", "Filter1"));
        Assert.AreNotSame(metrics.Filter("plugin", "Filter1"), metrics.Filter("plugin", "Filter2"));
    }

    private static string OutcomesOf(IReadOnlyList<string> metrics, string name, string hook)
    {
        var start = $"{name}{{plugin=\"filters\",hook=\"{hook}\",outcome=\"";
        var outcomes = metrics.Where(l => l.StartsWith(start, StringComparison.Ordinal)).Select(l => l[start.Length..]);
        return string.Join(", ", outcomes.Select(l => l.Replace("\"}", "", StringComparison.Ordinal)));
    }

    private static double SecondsOf(IReadOnlyList<string> metrics, string name, string hook)
    {
        var start = $"{name}{{plugin=\"filters\",hook=\"{hook}\"}}";
        var line = metrics.Single(l => l.StartsWith(start, StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
