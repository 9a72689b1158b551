namespace Chat.Daemon;

/// <summary>
/// Limits a rate: a burst may come at once, and the allowance grows back evenly. A new bucket is full. The owner guards it with a lock, and
/// may pass another limit with each call.
/// </summary>
internal struct TokenBucket
{
    /// <summary>Tokens that grew back in several steps may be short of a whole one by a rounding error.</summary>
    private const double Tolerance = 1e-6;

    private double missing; // at the time below

    /// <summary>The timestamp of the last token taken; 0 for a new bucket.</summary>
    public long TakenAt { get; private set; }

    /// <summary>Null where a token is there; otherwise the time until one is.</summary>
    /// <param name="tokens">How many must be there.</param>
    public readonly TimeSpan? WaitFor(BucketLimit limit, long now, TimeProvider time, int tokens = 1)
    {
        var lacks = MissingAt(limit, now, time) + tokens - limit.Burst;
        return lacks <= Tolerance ? null : new TimeSpan((long)Math.Ceiling((lacks * limit.TicksPerToken) - Tolerance));
    }

    /// <summary>Takes a token where one is there.</summary>
    /// <returns>Null where it was; otherwise the time until one is.</returns>
    public TimeSpan? TryTake(BucketLimit limit, long now, TimeProvider time)
    {
        if (WaitFor(limit, now, time) is { } wait) return wait;
        Take(limit, now, time);
        return null;
    }

    /// <summary>Takes a token even where none is there: the next one takes longer to grow back.</summary>
    public void Take(BucketLimit limit, long now, TimeProvider time, int tokens = 1) =>
        (missing, TakenAt) = (MissingAt(limit, now, time) + tokens, now);

    /// <summary>Gives back a token that was taken.</summary>
    public void GiveBack() => missing = Math.Max(0, missing - 1);

    public readonly bool IsFull(BucketLimit limit, long now, TimeProvider time) => MissingAt(limit, now, time) <= 0;

    private readonly double MissingAt(BucketLimit limit, long now, TimeProvider time) =>
        missing <= 0 ? 0 : Math.Max(0, missing - (time.GetElapsedTime(TakenAt, now).Ticks / limit.TicksPerToken));
}
