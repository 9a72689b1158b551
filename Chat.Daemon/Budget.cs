namespace Chat.Daemon;

/// <summary>
/// What a session or an address may still cost. A price is paid at once, even with money that is not there yet: the debt is a time to wait
/// before anything else is bought. Safe from any thread.
/// </summary>
internal sealed class Budget(TimeProvider time)
{
    private readonly Lock gate = new(); // guards the bucket; nothing is called while it is held
    private TokenBucket bucket;

    /// <param name="limit">Null: everything is free.</param>
    /// <returns>How long it takes until the debt is paid.</returns>
    public TimeSpan Pay(int price, BucketLimit? limit)
    {
        if (limit is not { } given || price == 0) return TimeSpan.Zero;
        lock (gate)
        {
            var now = time.GetTimestamp();
            bucket.Take(given, now, time, price);
            return bucket.WaitFor(given, now, time, tokens: 0) ?? TimeSpan.Zero;
        }
    }
}
