using Chat.LoadTest.Daemons;
using Chat.TestKit;

namespace Chat.LoadTest.Tests;

internal static class Sending
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Returns when the daemon's metrics show so many messages.</summary>
    public static async Task UntilAsync(TestDaemon daemon, int messages)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var metrics = new Uri($"http://127.0.0.1:{daemon.HttpPort}/metrics");
        while (await DaemonCounters.ReadAsync(metrics) is not { } counters || counters.Messages < messages)
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
