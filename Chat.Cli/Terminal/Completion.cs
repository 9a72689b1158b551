namespace Chat.Cli.Terminal;

/// <summary>What Tab found.</summary>
/// <param name="From">UTF-16 index where the word begins.</param>
/// <param name="Length">UTF-16 length of what is replaced.</param>
/// <param name="Text">What it becomes; null where it stays.</param>
/// <param name="Choices">To be shown where there are several; harmless already.</param>
internal sealed record Completion(int From, int Length, string? Text, IReadOnlyList<string> Choices)
{
    /// <summary>The one there is, or so far as all agree.</summary>
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
