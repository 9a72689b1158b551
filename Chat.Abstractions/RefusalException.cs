namespace Chat;

/// <summary>
/// A capability refuses the call. If you don't catch it, the caller gets a refusal with this code and message; it does not count as a
/// failure.
/// </summary>
public sealed class RefusalException(string code, string text) : Exception(text)
{
    /// <summary>In the form of <c>no_such_room</c>.</summary>
    public string Code { get; } = code;

    /// <summary>When the caller may try again; null if that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
