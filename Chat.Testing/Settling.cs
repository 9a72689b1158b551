namespace Chat.Testing;

/// <summary>Waits until plugins are idle, while the test's clock stands still.</summary>
internal static class Settling
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// The daemon knows what it calls. Of a plugin's own loop it sees only that a timer fires and is set again, so after such a turn there
    /// must be none for a few polls; for many, if a timer has fired and is not set again: its loop may be waiting for the disk.
    /// </summary>
    private const int QuietPolls = 5, OpenLoopPolls = 100;

    /// <summary>Code that runs for so long without a turn waits for the clock, if a timer of the plugins is set.</summary>
    private const int BusyPolls = 500;

    public static async Task WaitAsync(RunningDaemon daemon, TestTime time, Failures failures)
    {
        time.Advance(TimeSpan.Zero); // what is due at once
        using var timeout = Deadline.Start();
        using var polls = new PeriodicTimer(PollInterval);
        for (var (quiet, last) = (0, StateOf(daemon)); quiet < PollsOf(daemon); quiet++)
        {
            await polls.WaitForNextTickAsync();
            if (timeout.IsCancellationRequested) throw failures.Of($"The plugins did not settle within {Deadline.Seconds} s.");
            time.Advance(TimeSpan.Zero);
            if (StateOf(daemon) is var state && state == last) continue;
            (quiet, last) = (-1, state);
        }
        daemon.ForgetLoops();
    }

    private static (long Turns, bool IsBusy) StateOf(RunningDaemon daemon) => (daemon.Turns, daemon.IsBusy);

    private static int PollsOf(RunningDaemon daemon) =>
        !daemon.IsBusy ? daemon.HasOpenLoops ? OpenLoopPolls : QuietPolls
        : daemon.HasTimers ? BusyPolls
        : int.MaxValue;

    public static async Task AdvanceAsync(RunningDaemon daemon, TestTime time, TimeSpan by, Failures failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = time.GetUtcNow() + by;
        await WaitAsync(daemon, time, failures);
        for (var turns = daemon.Turns; time.AdvanceToNext(end); turns = daemon.Turns)
            if (daemon.IsBusy || daemon.Turns != turns) await WaitAsync(daemon, time, failures);
        if (end > time.GetUtcNow()) time.Advance(end - time.GetUtcNow());
        await WaitAsync(daemon, time, failures);
    }
}
