namespace Chat.LoadTest.Schedules;

/// <summary>The same numbers for the same seeds, on every machine and runtime version (SplitMix64).</summary>
internal sealed class SeededRandom(params ReadOnlySpan<long> seeds)
{
    private ulong state = Fold(seeds);

    /// <summary>From 0 to less than 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Exponential(double mean) => -Math.Log(1 - Fraction()) * mean;

    /// <summary>Spreads the bits of a number over all 64.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    private static ulong Fold(ReadOnlySpan<long> seeds)
    {
        var folded = 0UL;
        foreach (var seed in seeds) folded = Mix(folded ^ ((ulong)seed + 0x9E3779B97F4A7C15));
        return folded;
    }
}
