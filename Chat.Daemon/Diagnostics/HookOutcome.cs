namespace Chat.Daemon.Diagnostics;

/// <summary>How the call of a filter, handler or route ended; values of the metrics' label <c>outcome</c>.</summary>
internal static class HookOutcome
{
    public const string Allowed = "allowed";
    public const string Replaced = "replaced";
    public const string Rejected = "rejected";
    public const string Dropped = "dropped";

    /// <summary>Not called: it missed too many deadlines.</summary>
    public const string Bypassed = "bypassed";

    public const string Handled = "handled";

    public const string Answered = "answered";

    /// <summary>Its plugin, or a capability that it called, refused the request.</summary>
    public const string Refused = "refused";

    /// <summary>Not called: its queue was full, or it had stopped.</summary>
    public const string Lost = "lost";

    /// <summary>It threw, or returned an invalid answer.</summary>
    public const string Failed = "failed";

    /// <summary>It missed its deadline.</summary>
    public const string Missed = "missed";

    /// <summary>The sender left or the plugin stopped before it ended.</summary>
    public const string Abandoned = "abandoned";
}
