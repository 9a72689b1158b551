namespace Chat.Daemon.Messages;

/// <summary>
/// How fast one session may write, texts and commands alike. Above the rate its connection is read more slowly. Once the delay adds up
/// to several seconds, messages are refused until the session has been quiet for that long. Safe from any thread.
/// </summary>
internal sealed class SendRate(TimeProvider time)
{
    /// <summary>Delay that may add up before messages are refused.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    /// <summary>Guards the fields below: a command writes beside the session's loop. Nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private TokenBucket bucket;
    private TimeSpan delayed;
    private long last = time.GetTimestamp();

    /// <summary>Counts one message.</summary>
    /// <param name="perSecond">0 means no limit.</param>
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
        delayed = delayed > passed ? delayed - passed : TimeSpan.Zero;
        var limit = new BucketLimit(burst, (double)TimeSpan.TicksPerSecond / perSecond);
        if (bucket.TryTake(limit, now, time) is not { } wait) return default;
        if (delayed + wait > MaxDelay) return new Verdict(TimeSpan.Zero, wait);
        // The delay itself does not count as quiet time: it is added here, and the next call subtracts the time that has passed.
        delayed += wait + wait;
        bucket.Take(limit, now, time);
        return new Verdict(wait, null);
    }

    /// <param name="Wait">How long to wait before the message is handled.</param>
    /// <param name="RetryAfter">Set if the message is refused.</param>
    public readonly record struct Verdict(TimeSpan Wait, TimeSpan? RetryAfter);
}
