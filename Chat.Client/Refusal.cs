using Chat.Protocol;

namespace Chat.Client;

/// <summary>Why something was not done: one of <see cref="RefusalCode"/>, or one of this client's own in <see cref="ClientCode"/>.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Text">For people; from the daemon, in the session's language. Untrusted: make it harmless before showing it.</param>
/// <param name="RetryAfter">When it may succeed, where the daemon says so.</param>
public sealed record Refusal(string Code, string Text, TimeSpan? RetryAfter = null)
{
    internal static Refusal From(DaemonFrame.Error error) =>
        new(error.Code, error.Text, error.RetryAfter is { } wait ? TimeSpan.FromMilliseconds(wait) : null);
}

/// <summary>Codes of refusals that no daemon sends.</summary>
public static class ClientCode
{
    /// <summary>The connection broke after a command was sent, or the session ended before a message's echo: it may have been done or not, and is not sent again.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The connection broke during the login.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>A filter of the daemon has taken the message and thrown it away: nobody sees it, and it is not stored.</summary>
    public const string Dropped = "dropped";

    /// <summary>The session is over, and what is refused was not sent: a logout, a ban, a token that is no longer good, or the client was closed.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>No connection could be made within <see cref="ChatClientOptions.GiveUpAfter"/>.</summary>
    public const string Unreachable = "unreachable";
}
