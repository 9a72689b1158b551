using System.Data.Common;
using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;

namespace Chat.Daemon;

/// <summary>Why a frame was refused. Expected, not a bug.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">Replaces the code's sentence if there is more to say.</param>
/// <param name="Say">Writes the detail where the language of the session is not known yet.</param>
internal sealed record Refusal(
    string Code, string? Room = null, TimeSpan? RetryAfter = null, string? Detail = null, Func<SessionTexts, string>? Say = null)
{
    /// <returns>What a failure of the storage means for the client; null for any other failure.</returns>
    /// <param name="isMessage">If the database could not be read, an earlier attempt may have logged the message, and that could not be
    /// looked up.</param>
    public static Refusal? OfStorage(Exception failure, string? room = null, bool isMessage = false) => failure switch
    {
        // The database is lost for a while: the client sends it again.
        DbException { IsTransient: true } or { InnerException: DbException { IsTransient: true } } =>
            new Refusal(RefusalCode.Unavailable, room, Say: isMessage ? null : texts => texts.DatabaseLost()),
        LogRefusedException => NotStored(failure, room),
        LogOutcomeUnknownException => new Refusal(RefusalCode.Unavailable, room),
        DbException or DamagedRowException => isMessage ? new Refusal(RefusalCode.Unavailable, room) : NotStored(failure, room),
        _ => null,
    };

    /// <summary>Shows the moderator's reason, which was written for the banned user.</summary>
    public static Refusal Banned(ActiveBan ban) => new(RefusalCode.Banned, RetryAfter: ban.Left, Say: texts => texts.Banned(ban));

    public DaemonFrame.Error ToFrame(string? id, SessionTexts texts) =>
        new(Code, SentenceIn(texts), Room, RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null) { Id = id };

    public RefusalException ToException(SessionTexts texts) => new(Code, SentenceIn(texts)) { RetryAfter = RetryAfter };

    public string SentenceIn(SessionTexts texts) => Detail ?? Say?.Invoke(texts) ?? texts.Of(Code);

    private static Refusal NotStored(Exception failure, string? room) =>
        new(RefusalCode.Storage, room, Say: DiskFull.Is(failure) ? texts => texts.DiskFull() : null);
}
