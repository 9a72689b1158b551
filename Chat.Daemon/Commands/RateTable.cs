namespace Chat.Daemon.Commands;

/// <summary>How often each user may run each command. Remembers only buckets that are not full. Safe from any thread.</summary>
internal sealed class RateTable(TimeProvider time)
{
    private const int SweepEvery = 1_024;

    private readonly Lock gate = new(); // guards both fields; nothing is called under it
    private readonly Dictionary<(string User, string Command), (TokenBucket Bucket, BucketLimit Limit)> buckets = [];
    private int sinceSweep;

    /// <summary>Null where the user may run the command now; otherwise the time until then.</summary>
    public TimeSpan? Take(string user, string command, CommandRate rate)
    {
        var (now, limit) = (time.GetTimestamp(), BucketLimit.Of(rate.Count, rate.Per));
        lock (gate)
        {
            if (++sinceSweep >= SweepEvery) Sweep(now);
            var bucket = buckets.GetValueOrDefault((user, command)).Bucket;
            if (bucket.TryTake(limit, now, time) is { } wait) return wait;
            buckets[(user, command)] = (bucket, limit);
            return null;
        }
    }

    /// <summary>The same as <see cref="Take"/>, without counting a run.</summary>
    public TimeSpan? WaitFor(string user, string command, CommandRate rate)
    {
        var (now, limit) = (time.GetTimestamp(), BucketLimit.Of(rate.Count, rate.Per));
        lock (gate) return buckets.GetValueOrDefault((user, command)).Bucket.WaitFor(limit, now, time);
    }

    private void Sweep(long now)
    {
        sinceSweep = 0;
        foreach (var (key, (bucket, limit)) in buckets)
            if (bucket.IsFull(limit, now, time)) buckets.Remove(key);
    }
}
