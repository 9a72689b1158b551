namespace Chat.Client;

/// <summary>Codes of refusals that this library creates itself.</summary>
public static class ClientCode
{
    /// <summary>
    /// The connection broke before a command's answer, or the session ended before a message's echo. It may have taken effect; it is not
    /// sent again.
    /// </summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The connection broke during the login.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>A filter dropped the message: nobody sees it, and it is not stored.</summary>
    public const string Dropped = "dropped";

    /// <summary>Not sent, because the session is over: a logout, a ban, an expired token, or a closed client.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>The user took the message back before it was sent.</summary>
    internal const string Withdrawn = "withdrawn";

    /// <summary>Could not reconnect within <see cref="ChatClientOptions.GiveUpAfter"/>.</summary>
    public const string Unreachable = "unreachable";
}
