namespace Chat.Daemon;

/// <summary>The limit of a <see cref="TokenBucket"/>.</summary>
/// <param name="Burst">Tokens in a full bucket.</param>
/// <param name="TicksPerToken">Ticks of a <see cref="TimeSpan"/> in which one token grows back.</param>
internal readonly record struct BucketLimit(long Burst, double TicksPerToken)
{
    /// <param name="count">Tokens that grow back in this time; the burst too.</param>
    public static BucketLimit Of(int count, TimeSpan per) => new(count, (double)per.Ticks / count);
}
