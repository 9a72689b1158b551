namespace Chat;

/// <summary>The answer of a filter.</summary>
public abstract record FilterVerdict
{
    private FilterVerdict()
    {
    }

    /// <summary>Passes the message to the next filter.</summary>
    public static FilterVerdict Allow { get; } = new Allowed();

    /// <summary>Discards the message silently: the sender gets a success, but nobody sees it and it is not stored.</summary>
    public static FilterVerdict Drop { get; } = new Dropped();

    /// <summary>
    /// Replaces the text, for later filters and everybody else. A text that is not valid in a message counts as a failure of the
    /// filter.
    /// </summary>
    public static FilterVerdict Replace(string text) => new Replaced(text);

    /// <summary>Refuses the message.</summary>
    /// <param name="reason">
    /// For the sender, in the language of <see cref="Draft.Language"/>. If it is not valid in a message, the sender gets a general
    /// sentence.
    /// </param>
    /// <param name="retryAfter">
    /// When the sender may try again: the refusal's code is then <c>rate_limited</c>. Null for <c>rejected</c>.
    /// </param>
    public static FilterVerdict Reject(string reason, TimeSpan? retryAfter = null) => new Rejected(reason, retryAfter);

    public sealed record Allowed : FilterVerdict;

    public sealed record Dropped : FilterVerdict;

    public sealed record Replaced(string Text) : FilterVerdict;

    public sealed record Rejected(string Reason, TimeSpan? RetryAfter = null) : FilterVerdict;
}
