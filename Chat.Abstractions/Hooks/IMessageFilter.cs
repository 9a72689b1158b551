namespace Chat;

/// <summary>Looks at every message before it is numbered and stored. One object a plugin's life, called from any thread, several times at once.</summary>
public interface IMessageFilter
{
    /// <param name="cancellation">At the deadline, and when the sender goes away or the plugin stops.</param>
    ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation);
}

/// <summary>A message that nobody has seen yet.</summary>
/// <param name="Room">Null in a direct conversation, where <paramref name="Peer"/> is not.</param>
/// <param name="Language">The sender's: <c>pt-BR</c> or <c>en</c>.</param>
/// <param name="Via">The command that posts it in the sender's name, as the message will carry it; null elsewhere.</param>
public sealed record Draft(User Sender, Room? Room, User? Peer, string Text, string Language, string? Via = null);

/// <summary>What a filter says of a draft.</summary>
public abstract record FilterVerdict
{
    private FilterVerdict()
    {
    }

    /// <summary>On to the next filter.</summary>
    public static FilterVerdict Allow { get; } = new Allowed();

    /// <summary>Taken and gone: the sender hears that it is done, nobody sees it, nothing is stored.</summary>
    public static FilterVerdict Drop { get; } = new Dropped();

    /// <summary>The next filters, and everybody, see this text instead. One that could be no text of a message is a failure of the filter.</summary>
    public static FilterVerdict Replace(string text) => new Replaced(text);

    /// <param name="reason">For the sender, in its language (<see cref="Draft.Language"/>). One that could be no text of a message is replaced by a general sentence.</param>
    /// <param name="retryAfter">Where it may be sent again after a while; then the refusal is <c>rate_limited</c>, else <c>rejected</c>.</param>
    public static FilterVerdict Reject(string reason, TimeSpan? retryAfter = null) => new Rejected(reason, retryAfter);

    public sealed record Allowed : FilterVerdict;

    public sealed record Dropped : FilterVerdict;

    public sealed record Replaced(string Text) : FilterVerdict;

    public sealed record Rejected(string Reason, TimeSpan? RetryAfter = null) : FilterVerdict;
}

/// <summary>How the daemon treats a filter. Without it: order 0, 250 ms, fail-open.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FilterAttribute : Attribute
{
    /// <summary>Lower ones first; equal ones by the plugin's id.</summary>
    public int Order { get; set; }

    /// <summary>At most 5,000.</summary>
    public int DeadlineMilliseconds { get; set; } = 250;

    /// <summary>What happens to a message whose filter throws or misses its deadline: refused with <c>unavailable</c>, or (fail-open) let through.</summary>
    public bool FailClosed { get; set; }
}
