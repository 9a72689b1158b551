using System.Data.Common;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon;

/// <summary>The expected answer of the daemon where it does not do what a user asked: an <c>error</c> frame, never a bug.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">Replaces the code's usual sentence.</param>
internal sealed record Refusal(string Code, string? Room = null, TimeSpan? RetryAfter = null, string? Detail = null)
{
    /// <summary>The code for a failure of the storage; null for any other.</summary>
    /// <param name="isMessage">If the database itself failed, an earlier attempt may have stored the message: then the outcome is unknown.</param>
    public static string? CodeOf(Exception failure, bool isMessage = false) => failure switch
    {
        LogRefusedException => RefusalCode.Storage,
        LogOutcomeUnknownException => RefusalCode.Unavailable,
        DbException => isMessage ? RefusalCode.Unavailable : RefusalCode.Storage,
        _ => null,
    };

    public DaemonFrame.Error ToFrame(string? id, SessionTexts texts) =>
        new(Code, Detail ?? texts.Of(Code), Room, RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null) { Id = id };
}
