using Chat.LoadTest.Schedules;

namespace Chat.LoadTest.Workers;

/// <summary>Makes actions due at their planned moments. A slow daemon does not shift them (no coordinated omission).</summary>
internal sealed class Pacer(ScenarioShare share, IReadOnlyList<VirtualUser> users)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private long late;

    /// <summary>How late, in microseconds, the worst moment was taken up since the last call.</summary>
    public long TakeLateness() => Interlocked.Exchange(ref late, 0);

    /// <summary>Returns at the end of the schedule, or when stopped.</summary>
    /// <param name="start">When the schedule begins.</param>
    public async Task RunAsync(long start, CancellationToken stop)
    {
        try
        {
            var schedule = new Schedule(share.Settings, share.Scenario.Actors, share.Warmup, share.Seed);
            await share.Clock.UntilAsync(start, stop);
            if (share.Settings.Window > 0) StartLoop();
            else await FollowAsync(schedule, start, stop);
            await share.Clock.UntilAsync(start + (long)(schedule.Profile.Seconds * 1e6), stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped early; what was sent so far counts.
        }
        share.EndLoop();
    }

    private void StartLoop()
    {
        share.StartLoop();
        foreach (var user in users.Where(user => user.Number < share.Scenario.Actors))
            for (var i = 0; i < share.Settings.Window; i++) share.Scenario.Act(user, share.Clock.Now);
    }

    private async Task FollowAsync(Schedule schedule, long start, CancellationToken stop)
    {
        var mine = users.ToDictionary(user => user.Number);
        using var timer = new PeriodicTimer(Tick, share.Time);
        var now = share.Clock.Now;
        foreach (var (actor, at) in schedule.Moments())
        {
            if (!mine.TryGetValue(actor, out var user)) continue;
            var due = start + at;
            if (due > now && mine.Values.All(one => one.HasEnded)) return;
            for (; due > now; now = share.Clock.Now)
            {
                if (due - now > 5_000) await share.Clock.UntilAsync(due - 1_000, stop);
                else await timer.WaitForNextTickAsync(stop);
            }
            if (now - due > Interlocked.Read(ref late)) Interlocked.Exchange(ref late, now - due);
            share.Scenario.Act(user, due);
        }
    }
}
