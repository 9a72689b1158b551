using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Diagnostics;

[TestClass]
public sealed class MetricsTests
{
    [TestMethod]
    public void CountersGaugesAndHistogramsAreWrittenInPrometheusFormat()
    {
        using var metrics = new DaemonMetrics();
        metrics.AddGauge("chat.outbox", "By", "Bytes queued.", () => 4711);
        metrics.AddGauge("chat.plugin.generations", "state", "Generations.", () => [new("active", 2)]);
        metrics.Messages.Add(3);
        using var text = new PrometheusText(metrics.Meter);
        metrics.Messages.Add();
        metrics.ConnectionsOpen.Add(5);
        metrics.ConnectionsOpen.Add(-2);
        metrics.Refusals["rate_limited"].Add(2);
        metrics.Refusals["a\"b\\c\nd"].Add();
        metrics.Commands["ok"].Add(9);
        metrics.AddCommit(TimeSpan.FromMilliseconds(3));
        metrics.AddCommit(TimeSpan.FromMilliseconds(40));
        metrics.AddCommit(TimeSpan.FromSeconds(9));

        var page = text.Write();
        foreach (var line in new[]
        {
            "# HELP chat_messages_total Messages stored.", "# TYPE chat_messages_total counter", "chat_messages_total 4",
            "# TYPE chat_connections_open gauge", "chat_connections_open 3", "chat_outbox_bytes 4711",
            "chat_plugin_generations{state=\"active\"} 2",
            "chat_refusals_total{code=\"rate_limited\"} 2", "chat_refusals_total{code=\"a\\\"b\\\\c\\\\u000Ad\"} 1",
            "chat_commands_total{outcome=\"ok\"} 9",
            "# TYPE chat_commit_seconds histogram", "chat_commit_seconds_bucket{le=\"0.0025\"} 0",
            "chat_commit_seconds_bucket{le=\"0.005\"} 1", "chat_commit_seconds_bucket{le=\"0.05\"} 2",
            "chat_commit_seconds_bucket{le=\"+Inf\"} 3", "chat_commit_seconds_sum 9.043", "chat_commit_seconds_count 3",
        })
            Assert.Contains(line, page.Split('\n'), page);
    }

    [TestMethod]
    public void DaemonsOfOneProcessHaveSeparateCounters()
    {
        using DaemonMetrics one = new(), two = new();
        using PrometheusText first = new(one.Meter), second = new(two.Meter);
        one.Messages.Add(1);
        StringAssert.Contains(first.Write(), "\nchat_messages_total 1\n");
        StringAssert.Contains(second.Write(), "\nchat_messages_total 0\n");
    }

    [TestMethod]
    public void CountersLoseNothingUnderConcurrentAdds()
    {
        using var metrics = new DaemonMetrics();
        using var text = new PrometheusText(metrics.Meter);
        Parallel.For(0, 10_000, i =>
        {
            metrics.Deliveries.Add();
            metrics.Refusals["x"].Add();
            metrics.AddCommit(TimeSpan.FromSeconds(1));
            if (i % 100 == 0)
                text.Write();
        });
        var page = text.Write();
        StringAssert.Contains(page, "chat_deliveries_total 10000\n");
        StringAssert.Contains(page, "chat_refusals_total{code=\"x\"} 10000\n");
        StringAssert.Contains(page, "chat_commit_seconds_count 10000\n");
    }

    [TestMethod]
    public void HealthReportsTheFirstProblem()
    {
        var isHealthy = true;
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var health = new DaemonHealth(lifetime, [new("storage", () => isHealthy), new("never", () => true)]);
        Assert.AreEqual("recovering", health.Status);
        lifetime.NotifyStarted();
        Assert.AreEqual("ok", health.Status);
        isHealthy = false;
        Assert.AreEqual("storage", health.Status);
        isHealthy = true;
        Assert.AreEqual("ok", health.Status);
        lifetime.StopApplication();
        Assert.AreEqual("stopping", health.Status);
    }
}
