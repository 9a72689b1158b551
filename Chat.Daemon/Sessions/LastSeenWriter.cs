using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Stores when a session was last used, and whether its name is held. Nobody waits for it: a lost write costs a held name, not a session.
/// Also stores the sessions that began while the disk was full, once there is room: such a session ends with the daemon, or with its hold,
/// if there never is.
/// </summary>
internal sealed partial class LastSeenWriter(
    SessionRegistry registry, SessionStore store, TimeProvider time, ILogger<LastSeenWriter> logger) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(5);

    public void Write(Session session, bool isHeld) => _ = WriteAsync(session, isHeld);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        foreach (var session in registry.NotStored())
            if (!await TryStoreAsync(session, MarkOf(session, isHeld: true))) return;
    }

    private SessionMark MarkOf(Session session, bool isHeld) => new(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), isHeld);

    private async Task WriteAsync(Session session, bool isHeld)
    {
        var mark = MarkOf(session, isHeld);
        try
        {
            if (session.IsStored) await store.MarkAsync([mark]);
            else await TryStoreAsync(session, mark);
        }
        catch (Exception e)
        {
            LogLastSeenNotStored(logger, mark.Id, e);
        }
    }

    /// <returns>False if the disk is still full.</returns>
    private async Task<bool> TryStoreAsync(Session session, SessionMark mark)
    {
        try
        {
            await store.AddLateAsync(mark, session.TokenHash, session.Name, session.Account, session.Lang);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            return false;
        }
        if (registry.SetStored(session)) LogStoredLate(logger, session.Id);
        else await store.EndAsync(session.Id);
        return true;
    }

    [LoggerMessage(EventId = 211, EventName = "LastSeenNotStored", Level = LogLevel.Warning,
        Message = "Last use of session {Session} not stored")]
    private static partial void LogLastSeenNotStored(ILogger logger, long session, Exception cause);

    [LoggerMessage(EventId = 212, EventName = "SessionStoredLate", Level = LogLevel.Information,
        Message = "Session {Session} began while the disk was full, and is stored now")]
    private static partial void LogStoredLate(ILogger logger, long session);
}
