using System.Numerics;

namespace Chat.Daemon.Diagnostics;

/// <summary>The distribution of a time since it was last taken, in buckets of an eighth of a power of two. Safe from any thread.</summary>
internal sealed class Latencies
{
    private const int PerOctave = 8, Octaves = 32;

    private readonly long[] counts = new long[PerOctave * Octaves];

    public void Add(TimeSpan time) => Interlocked.Increment(ref counts[BucketOf(Math.Max(1, (long)time.TotalMicroseconds))]);

    /// <summary>What was added since the last call. For one caller.</summary>
    public LatencySummary Take()
    {
        var taken = new long[counts.Length];
        for (var i = 0; i < counts.Length; i++) taken[i] = Interlocked.Exchange(ref counts[i], 0);
        var all = taken.Sum();
        return all == 0 ? default : new(At(taken, (all + 1) / 2), At(taken, all - (all / 100)));
    }

    private static int BucketOf(long microseconds)
    {
        var octave = Math.Min(BitOperations.Log2((ulong)microseconds), Octaves - 1);
        var eighth = octave < 3 ? microseconds << (3 - octave) : microseconds >> (octave - 3);
        return (octave * PerOctave) + (int)(eighth & (PerOctave - 1));
    }

    /// <summary>The middle of the bucket that has the value of that rank.</summary>
    private static TimeSpan At(long[] taken, long rank)
    {
        var bucket = 0;
        while ((rank -= taken[bucket]) > 0) bucket++;
        return TimeSpan.FromMicroseconds(Math.Pow(2, bucket / PerOctave) * (PerOctave + (bucket % PerOctave) + 0.5) / PerOctave);
    }
}
