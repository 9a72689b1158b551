namespace Chat.Daemon.Configuration;

/// <summary>Guesses what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <param name="atMost">Letters that differ; who differs more was not meant.</param>
    public static string? Of(string mistyped, IEnumerable<string> known, int atMost = int.MaxValue)
    {
        var nearest = known.Select(name => (name, distance: Distance(mistyped.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty().MinBy(candidate => candidate.distance);
        return nearest.distance <= atMost ? nearest.name : null;
    }

    /// <summary>How many letters must be added, removed or replaced (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = above[0];
            above[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.Min(replaced, Math.Min(above[j], above[j - 1]) + 1);
            }
        }
        return above[^1];
    }
}
