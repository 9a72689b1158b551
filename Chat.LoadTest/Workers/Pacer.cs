namespace Chat.LoadTest.Workers;

/// <summary>Spreads due times evenly over the users. A slow daemon does not shift them (no coordinated omission).</summary>
internal sealed class Pacer(IReadOnlyList<VirtualUser> users, WorkPlan plan, WorkerGauges gauges)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns after the plan's warm-up and seconds, or when stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var start = gauges.Clock.Now;
        var end = start + ((plan.Warmup + plan.Seconds) * 1_000_000L);
        if (plan.Rate == 0)
            foreach (var user in users) user.Due(start); // after this, each echo makes the next message due
        var step = plan.Rate == 0 ? 0 : 1_000_000 / (plan.Rate * users.Count);
        using var timer = new PeriodicTimer(Tick, gauges.Time);
        try
        {
            for (var (now, next) = (start, 0L); users.Any(user => user.Ended is null); now = gauges.Clock.Now)
            {
                for (var last = Math.Min(now, end - 1); step > 0 && start + (long)(next * step) <= last; next++)
                    users[(int)(next % users.Count)].Due(start + (long)(next * step));
                if (now >= end) return;
                await timer.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped early; the messages sent so far count.
        }
    }
}
