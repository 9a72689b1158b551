namespace Chat.LoadTest.Coordination;

/// <summary>Compares the clock of a worker on another machine with the coordinator's, which two quartzes keep only for a while.</summary>
internal sealed class ClockWatch
{
    /// <summary>Questions for the time; the quickest answer tells best how far apart the clocks are.</summary>
    private const int Questions = 15;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Worker worker;
    private readonly MicrosecondClock clock;
    private readonly long first;

    private ClockWatch(Worker worker, MicrosecondClock clock, long ahead, long error) =>
        (this.worker, this.clock, first, Ahead, Error) = (worker, clock, ahead, ahead, error);

    /// <summary>How far, in microseconds, the coordinator's clock is ahead of the worker's.</summary>
    public long Ahead { get; private set; }

    /// <summary>How wrong <see cref="Ahead"/> was at worst: half a round trip, or what it had drifted before it was corrected.</summary>
    public long Error { get; private set; }

    /// <summary>Since the start.</summary>
    public long Drift => Math.Abs(Ahead - first);

    /// <summary>Null if the worker has died.</summary>
    public static async Task<ClockWatch?> StartAsync(Worker worker, MicrosecondClock clock) =>
        await CompareAsync(worker, clock) is var (ahead, error) ? new(worker, clock, ahead, error) : null;

    /// <summary>Corrects the worker's clock again and again until cancelled.</summary>
    public async Task KeepAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(Every, clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over) && await CorrectAsync())
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <summary>False if the worker has died.</summary>
    internal async Task<bool> CorrectAsync()
    {
        if (await CompareAsync(worker, clock) is not var (ahead, error)) return false;
        var drifted = Math.Abs(ahead - Ahead);
        if (drifted <= error) return true; // a busy worker answers late, which says nothing about its clock
        (Ahead, Error) = (ahead, Math.Max(Error, Math.Max(drifted, error)));
        await worker.TellAsync(new Workers.WorkerCommand.SetClock(ahead));
        return true;
    }

    /// <summary>If the way there takes as long as the way back.</summary>
    private static async Task<(long Ahead, long Error)?> CompareAsync(Worker worker, MicrosecondClock clock)
    {
        var (best, ahead) = (long.MaxValue, 0L);
        for (var i = 0; i < Questions; i++)
        {
            var asked = clock.Now;
            if (await worker.TimeAsync() is not { } now) return null;
            var trip = clock.Now - asked;
            if (trip < best) (best, ahead) = (trip, asked + (trip / 2) - now);
        }
        return (ahead, Math.Max(1, best / 2));
    }
}
