using Chat.Protocol;

namespace Chat.Client;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">For programs: one of <see cref="RefusalCode"/> or <see cref="ClientCode"/>.</param>
/// <param name="Text">For people, in the session's language. Untrusted: pass it through <see cref="TextRules.Harmless"/>.</param>
/// <param name="RetryAfter">How long to wait before a retry, if the daemon says so.</param>
public sealed record Refusal(string Code, string Text, TimeSpan? RetryAfter = null)
{
    /// <summary>No daemon asks for more; a timer could not wait for any number of milliseconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    internal static Refusal From(DaemonFrame.Error error) => new(error.Code, error.Text, WaitOf(error));

    /// <summary>The wait that the daemon asks for, from zero to a day; null if it asks for none.</summary>
    internal static TimeSpan? WaitOf(DaemonFrame.Error error) => error.RetryAfter is { } wait
        ? TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, (long)LongestWait.TotalMilliseconds))
        : null;
}
