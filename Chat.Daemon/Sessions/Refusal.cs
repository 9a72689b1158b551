using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>A frame that is not done, and why: expected, no bug.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">Takes the place of the code's sentence, where there is more to say.</param>
internal sealed record Refusal(string Code, string? Room = null, TimeSpan? RetryAfter = null, string? Detail = null)
{
    /// <summary>The code for a failure of the storage; null for any other.</summary>
    /// <param name="isMessage">Where the database itself failed, a message may have been logged by an earlier attempt that could not be looked up.</param>
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
