using System.Data.Common;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon;

/// <summary>Why a frame was refused. Expected, not a bug.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">Replaces the code's sentence if there is more to say.</param>
/// <param name="Say">Writes the detail where the language of the session is not known yet.</param>
internal sealed record Refusal(
    string Code, string? Room = null, TimeSpan? RetryAfter = null, string? Detail = null, Func<SessionTexts, string>? Say = null)
{
    /// <summary>The text that says more than the code <c>storage</c>: what would help.</summary>
    public const string DiskFullText = "DiskFull";

    /// <returns>The code for a failure of the storage; null for any other failure.</returns>
    /// <param name="isMessage">If the database could not be read, an earlier attempt may have logged the message, and that could not be
    /// looked up.</param>
    public static string? CodeOf(Exception failure, bool isMessage = false) => failure switch
    {
        LogRefusedException => RefusalCode.Storage,
        LogOutcomeUnknownException => RefusalCode.Unavailable,
        DbException or DamagedRowException => isMessage ? RefusalCode.Unavailable : RefusalCode.Storage,
        _ => null,
    };

    /// <returns>The sentence for a failure of the storage, which says what would help; null for any other failure.</returns>
    public static string? SentenceOf(Exception failure, SessionTexts texts, bool isMessage = false) =>
        DiskFull.Is(failure) ? texts.Of(DiskFullText) : CodeOf(failure, isMessage) is { } code ? texts.Of(code) : null;

    public DaemonFrame.Error ToFrame(string? id, SessionTexts texts) =>
        new(Code, SentenceIn(texts), Room, RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null) { Id = id };

    public string SentenceIn(SessionTexts texts) => Detail ?? Say?.Invoke(texts) ?? texts.Of(Code);
}
