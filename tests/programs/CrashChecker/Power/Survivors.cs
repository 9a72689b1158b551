namespace CrashChecker.Power;

/// <summary>What a power loss leaves of a change that was not synced.</summary>
internal enum Survivor
{
    Lost,
    Whole,

    /// <summary>Some of its sectors.</summary>
    Torn,
}

/// <summary>Chooses what survives of changes in a row: disks and file systems write them in any order.</summary>
internal static class Survivors
{
    public static Survivor[] Choose(int count, Random random) => random.Next(6) switch
    {
        0 => Fill(count, _ => Survivor.Lost),
        1 => Fill(count, _ => Survivor.Whole),
        2 => UpTo(count, random.Next(count + 1)),
        3 => From(count, random.Next(count + 1)),
        4 => Fill(count, _ => random.Next(8) == 0 ? Survivor.Torn : (Survivor)random.Next(2)),
        _ => AllBut(count, random),
    };

    /// <summary>The first ones, the last of them torn.</summary>
    private static Survivor[] UpTo(int count, int end) =>
        Fill(count, i => i < end - 1 ? Survivor.Whole : i == end - 1 ? Survivor.Torn : Survivor.Lost);

    /// <summary>The last ones: those before were not written yet.</summary>
    private static Survivor[] From(int count, int start) => Fill(count, i => i >= start ? Survivor.Whole : Survivor.Lost);

    private static Survivor[] AllBut(int count, Random random)
    {
        var missing = random.Next(Math.Max(count, 1));
        return Fill(count, i => i == missing ? Survivor.Lost : Survivor.Whole);
    }

    private static Survivor[] Fill(int count, Func<int, Survivor> survivor) => [.. Enumerable.Range(0, count).Select(survivor)];
}
