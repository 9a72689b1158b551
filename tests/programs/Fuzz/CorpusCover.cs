namespace Fuzz;

/// <summary>Chooses few and short inputs that together reach what all of them reach. Needs instrumentation.</summary>
internal static class CorpusCover
{
    /// <summary>Inputs kept for one target: the repository stays small.</summary>
    private const int Most = 24;

    private const int LongestKept = 2_048;

    /// <summary>The chosen ones, shortest first, at most <see cref="Most"/>.</summary>
    public static IReadOnlyList<byte[]> Of(IFuzzTarget target, IEnumerable<byte[]> inputs)
    {
        var known = new CoverageMap();
        foreach (var seed in target.Seeds) Reaches(target, known, seed); // seeds need not be kept
        var shortest = inputs.Where(i => i.Length <= LongestKept).OrderBy(i => i.Length);
        List<byte[]> cover = [.. shortest.Where(input => Reaches(target, known, input))];
        var step = Math.Max(1, (cover.Count + Most - 1) / Most); // short and long ones
        return [.. cover.Where((_, i) => i % step == 0)];
    }

    private static bool Reaches(IFuzzTarget target, CoverageMap known, byte[] input)
    {
        CoverageMap.Clear();
        return new Judge(target, measuresTime: false).Try(input) is null && known.TakeNew();
    }
}
