namespace Chat;

/// <summary>Suggests values for a parameter. A new instance is created for each request; callers may also give other values.</summary>
public interface ISuggestions
{
    /// <summary>
    /// Values that start with <paramref name="typed"/>, best first; completion drops any others. After 150 ms the call is cancelled.
    /// </summary>
    ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed);
}
