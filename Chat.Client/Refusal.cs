using Chat.Protocol;

namespace Chat.Client;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">For programs: one of <see cref="RefusalCode"/> or <see cref="ClientCode"/>.</param>
/// <param name="Text">For people, in the session's language. Untrusted: pass it through <see cref="TextRules.Harmless"/>.</param>
/// <param name="RetryAfter">How long to wait before a retry, if the daemon says so.</param>
public sealed record Refusal(string Code, string Text, TimeSpan? RetryAfter = null)
{
    internal static Refusal From(DaemonFrame.Error error) =>
        new(error.Code, error.Text, error.RetryAfter is { } wait ? TimeSpan.FromMilliseconds(wait) : null);
}
