namespace Fuzz;

/// <summary>The same numbers for the same seed on every runtime (SplitMix64).</summary>
internal sealed class FuzzRandom(ulong seed)
{
    private ulong state = seed;

    public ulong NextBits()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <param name="limit">Above 0; exclusive.</param>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    public bool OneIn(int count) => Next(count) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[Next(list.Count)];

    /// <summary>Small numbers often, large ones rarely: 1 up to <paramref name="limit"/>.</summary>
    public int Length(int limit)
    {
        var bound = 1;
        while (bound < limit && !OneIn(3)) bound *= 2;
        return 1 + Next(Math.Min(bound, limit));
    }
}
