namespace Chat.Daemon.Commands;

/// <summary>Calls that must be repeated before they run: the last one of each user. Safe from any thread.</summary>
internal sealed class ConfirmationTable(TimeProvider time)
{
    /// <summary>The code of the refusal that asks for the repetition; the protocol pins no such code.</summary>
    public const string RefusalCode = "confirm";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int SweepAbove = 1_024;

    private readonly Lock gate = new(); // guards the dictionary; nothing is called under it
    private readonly Dictionary<string, (string Call, long AskedAt)> asked = [];

    /// <summary>True for a repetition in time; otherwise the call now waits for its repetition.</summary>
    public bool IsConfirmed(string user, string call)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            if (asked.Remove(user, out var last) && last.Call == call && time.GetElapsedTime(last.AskedAt, now) <= Patience) return true;
            if (asked.Count >= SweepAbove) Sweep(now);
            asked[user] = (call, now);
            return false;
        }
    }

    private void Sweep(long now)
    {
        foreach (var (user, last) in asked)
            if (time.GetElapsedTime(last.AskedAt, now) > Patience) asked.Remove(user);
    }
}
