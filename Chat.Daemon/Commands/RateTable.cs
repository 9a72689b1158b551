namespace Chat.Daemon.Commands;

/// <summary>Who may run which command again when. Remembers one instant for each user and command, and only as long as it matters. Safe from any thread.</summary>
internal sealed class RateTable(TimeProvider time)
{
    private const int SweepEvery = 1_024;

    private readonly Lock gate = new(); // guards both fields; nothing is called under it
    private readonly Dictionary<(string User, string Command), long> fullAgainAt = [];
    private int sinceSweep;

    /// <summary>Null where it may run, else how long until it may. A user's whole count may come at once; it grows back evenly.</summary>
    public TimeSpan? Take(string user, string command, CommandRate rate)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            Sweep(now);
            var (full, wait) = Next(user, command, rate, now);
            if (wait is null) fullAgainAt[(user, command)] = full;
            return wait;
        }
    }

    /// <summary>What <see cref="Take"/> would give, without taking.</summary>
    public TimeSpan? WaitFor(string user, string command, CommandRate rate)
    {
        lock (gate) return Next(user, command, rate, time.GetTimestamp()).Wait;
    }

    private (long Full, TimeSpan? Wait) Next(string user, string command, CommandRate rate, long now)
    {
        var window = (long)(rate.Per.TotalSeconds * time.TimestampFrequency);
        var step = Math.Max(1, window / rate.Count);
        var full = Math.Max(now, fullAgainAt.GetValueOrDefault((user, command), now)) + step;
        return (full, full - now > step * rate.Count ? time.GetElapsedTime(now, full - (step * rate.Count)) : null);
    }

    private void Sweep(long now)
    {
        if (++sinceSweep < SweepEvery) return;
        sinceSweep = 0;
        foreach (var (key, full) in fullAgainAt)
            if (full <= now) fullAgainAt.Remove(key);
    }
}
