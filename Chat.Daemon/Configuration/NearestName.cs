namespace Chat.Daemon.Configuration;

/// <summary>Finds the name that somebody who mistyped one probably meant, ignoring case and accents.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 64;

    /// <summary>Letters that are compared. No name is longer.</summary>
    private const int LongestCompared = 256;

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
        var folded = NameFold.Of(Beginning(mistyped));
        return known.Select(name => ((string?)name, Distance(folded, NameFold.Of(name)))).DefaultIfEmpty().MinBy(n => n.Item2);
    }

    /// <summary>Comparing takes memory with the length of both.</summary>
    private static string Beginning(string text) =>
        text.Length <= LongestCompared ? text : text[..(LongestCompared - (char.IsHighSurrogate(text[LongestCompared - 1]) ? 1 : 0))];

    /// <summary>Letters to add, remove, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var width = b.Length + 1;
        // Three rows of the table: a settings file may have thousands of unknown keys.
        Span<int> rows = width <= LongestCompared ? stackalloc int[3 * LongestCompared] : new int[3 * width];
        var row = rows[..width];
        var above = rows.Slice(width, width);
        var aboveThat = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var reused = aboveThat;
            aboveThat = above;
            above = row;
            row = reused;
            row[0] = i;
            for (var j = 1; j < width; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], aboveThat[j - 2] + 1);
            }
        }
        return row[^1];
    }
}
