namespace Chat.Daemon.Messages;

/// <summary>
/// How fast one session may write. Over its rate it is read more slowly; only when that has come to several seconds is it refused,
/// until it has been silent as long. Safe from any thread: commands write beside the loop.
/// </summary>
internal sealed class SendRate(TimeProvider time)
{
    /// <summary>Excess that is borne by reading slowly.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Guards all below. Innermost: nothing is called under it.</summary>
    private readonly Lock gate = new();
    private double tokens = double.MaxValue;
    private TimeSpan borne;
    private long last = time.GetTimestamp();

    /// <summary>Takes one message into account.</summary>
    /// <param name="perSecond">0 is no limit.</param>
    /// <param name="burst">Messages that may come at once.</param>
    public Verdict Take(int perSecond, int burst)
    {
        if (perSecond == 0) return default;
        lock (gate)
        {
            return TakeOne(perSecond, burst);
        }
    }

    private Verdict TakeOne(int perSecond, int burst)
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, now);
        last = now;
        borne = borne > passed ? borne - passed : TimeSpan.Zero;
        tokens = Math.Min(burst, tokens + (passed.TotalSeconds * perSecond));
        if (tokens >= 1)
        {
            tokens--;
            return default;
        }
        var wait = TimeSpan.FromSeconds((1 - tokens) / perSecond);
        if (borne + wait > Patience) return new Verdict(TimeSpan.Zero, wait);
        // The wait itself is no silence: the time that passes in it is added, and taken off again by the next call.
        borne += wait + wait;
        tokens--;
        return new Verdict(wait, null);
    }

    /// <param name="Wait">Before it is taken up.</param>
    /// <param name="RetryAfter">Set where it is refused.</param>
    public readonly record struct Verdict(TimeSpan Wait, TimeSpan? RetryAfter);
}
