namespace Chat.Daemon.Commands;

/// <summary>Calls that wait for their repetition: one a user, the last. Safe from any thread.</summary>
internal sealed class ConfirmationTable(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int SweepAbove = 1_024;

    private readonly Lock gate = new(); // guards the dictionary; nothing is called under it
    private readonly Dictionary<string, (string Call, long AskedAt)> waiting = [];

    /// <summary>True for a repetition in time; else the call waits for one from now on.</summary>
    public bool IsConfirmed(string user, string call)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            if (waiting.Remove(user, out var asked) && asked.Call == call && time.GetElapsedTime(asked.AskedAt, now) <= Patience) return true;
            if (waiting.Count >= SweepAbove) Sweep(now);
            waiting[user] = (call, now);
            return false;
        }
    }

    private void Sweep(long now)
    {
        foreach (var (user, asked) in waiting)
            if (time.GetElapsedTime(asked.AskedAt, now) > Patience) waiting.Remove(user);
    }
}
