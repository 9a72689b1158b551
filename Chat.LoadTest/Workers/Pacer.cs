namespace Chat.LoadTest.Workers;

/// <summary>Tells users when a message is due: each at its rate, all of them evenly spread. A late daemon does not move what is due (no coordinated omission).</summary>
internal sealed class Pacer(IReadOnlyList<VirtualUser> users, WorkPlan plan, WorkerGauges gauges)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns at the end of the plan's warm-up and seconds, or when it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var start = gauges.Clock.Now;
        var end = start + ((plan.Warmup + plan.Seconds) * 1_000_000L);
        if (plan.Rate == 0)
            foreach (var user in users) user.Due(start); // from then on an echo makes the next one due
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
            // Stopped before its time: what was sent counts.
        }
    }
}
