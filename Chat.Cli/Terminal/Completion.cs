namespace Chat.Cli.Terminal;

/// <summary>The result of Tab.</summary>
/// <param name="From">UTF-16 index of the word.</param>
/// <param name="Length">UTF-16 length of the text to replace.</param>
/// <param name="Text">The replacement; null to leave the word as it is.</param>
/// <param name="Choices">Candidates to show, if there are several; already harmless.</param>
/// <param name="Inserted">What each of them puts into the line; null if it is what is shown.</param>
internal sealed record Completion(
    int From, int Length, string? Text, IReadOnlyList<string> Choices, IReadOnlyList<string>? Inserted = null)
{
    /// <summary>The only candidate, or the beginning that all candidates share.</summary>
    public static Completion? Of(string line, int from, int length, IReadOnlyList<string> candidates)
    {
        if (candidates.Count == 0) return null;
        if (candidates.Count == 1) return new(from, length, candidates[0] + (from + length == line.Length ? " " : ""), []);
        var common = candidates.Aggregate(CommonStart);
        return new(from, length, common.Length > length ? common : null, candidates);
    }

    private static string CommonStart(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && char.ToUpperInvariant(a[length]) == char.ToUpperInvariant(b[length])) length++;
        if (length > 0 && char.IsHighSurrogate(a[length - 1])) length--;
        return a[..length];
    }
}
