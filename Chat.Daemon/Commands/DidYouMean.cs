namespace Chat.Daemon.Commands;

/// <summary>Guesses what was meant, and keeps silent where nothing is near.</summary>
internal static class DidYouMean
{
    private const int LongestGuessed = 64;

    /// <summary>Null where more than a third of the letters would have to change.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > LongestGuessed) return null;
        var folded = NameFold.Of(typed);
        var nearest = known.Select(name => (Name: name, Distance: Distance(folded, NameFold.Of(name)))).DefaultIfEmpty().MinBy(n => n.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, Math.Max(folded.Length, nearest.Name.Length) / 3) ? nearest.Name : null;
    }

    /// <summary>How many letters must be added, removed, replaced or swapped with their neighbour.</summary>
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
