namespace Chat.Daemon.Configuration;

/// <summary>Finds the name that somebody who mistyped one probably meant, ignoring case and accents.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 64;

    /// <summary>The nearest name; null where every name differs in more letters.</summary>
    public static string? Of(string mistyped, IEnumerable<string> known, int atMost = int.MaxValue) =>
        Nearest(mistyped, known) is ({ } name, var distance) && distance <= atMost ? name : null;

    /// <summary>The nearest name; null where more than a third of the letters would have to change.</summary>
    public static string? Guess(string mistyped, IEnumerable<string> known)
    {
        if (mistyped.Length is 0 or > LongestGuessed) return null;
        return Nearest(mistyped, known) is ({ } name, var distance) && distance <= Math.Max(1, Math.Max(mistyped.Length, name.Length) / 3)
            ? name
            : null;
    }

    private static (string? Name, int Distance) Nearest(string mistyped, IEnumerable<string> known)
    {
        var folded = NameFold.Of(mistyped);
        return known.Select(name => ((string?)name, Distance(folded, NameFold.Of(name)))).DefaultIfEmpty().MinBy(n => n.Item2);
    }

    /// <summary>Letters to add, remove, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
