namespace Chat.Daemon.Messages;

/// <summary>
/// How fast one session may write, texts and commands alike. Above the rate its connection is read more slowly. Once the delay adds up
/// to several seconds, a message is refused, and so is each one behind it until none has come for a while: a message that passed behind
/// a refused one would overtake it. Safe from any thread.
/// </summary>
internal sealed class SendRate(TimeProvider time)
{
    /// <summary>Delay that may add up before messages are refused.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shortest pause that ends a refusal. It is longer than most round trips, because messages may be under way that the client sent
    /// before it could know of the refusal.
    /// </summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    /// <summary>Guards the fields below: a command writes beside the session's loop. Nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private TokenBucket bucket;
    private TimeSpan delayed;
    private TimeSpan? pause;
    private long last = time.GetTimestamp();

    /// <summary>Counts one message.</summary>
    /// <param name="perSecond">0 means no limit.</param>
    /// <param name="burst">Messages that may come at once.</param>
    public Verdict Take(int perSecond, int burst)
    {
        if (perSecond == 0) return default;
        lock (gate)
        {
            return TakeOne(new BucketLimit(burst, (double)TimeSpan.TicksPerSecond / perSecond));
        }
    }

    private Verdict TakeOne(BucketLimit limit)
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, now);
        last = now;
        if (passed < pause) return Refuse(limit, now);
        delayed = pause is null && delayed > passed ? delayed - passed : TimeSpan.Zero;
        pause = null;
        if (bucket.TryTake(limit, now, time) is not { } wait) return default;
        if (delayed + wait > MaxDelay) return Refuse(limit, now);
        // The delay itself does not count as quiet time: it is added here, and the next call subtracts the time that has passed.
        delayed += wait + wait;
        bucket.Take(limit, now, time);
        return new Verdict(wait, null);
    }

    private Verdict Refuse(BucketLimit limit, long now)
    {
        pause = bucket.WaitFor(limit, now, time) is { } wait && wait > MinPause ? wait : MinPause;
        return new Verdict(TimeSpan.Zero, pause);
    }

    /// <param name="Wait">How long to wait before the message is handled.</param>
    /// <param name="RetryAfter">Set if the message is refused: how long to send none.</param>
    public readonly record struct Verdict(TimeSpan Wait, TimeSpan? RetryAfter);
}
