using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Stores when a session was last used, and whether its name is held. Nobody waits for it: a lost write costs a held name, not a
/// session.
/// </summary>
internal sealed partial class LastSeenWriter(SessionStore store, TimeProvider time, ILogger<LastSeenWriter> logger)
{
    public void Write(Session session, bool isHeld) =>
        _ = WriteAsync(new SessionMark(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), isHeld));

    private async Task WriteAsync(SessionMark mark)
    {
        try
        {
            await store.MarkAsync([mark]);
        }
        catch (Exception e)
        {
            LogLastSeenNotStored(logger, mark.Id, e);
        }
    }

    [LoggerMessage(EventId = 211, EventName = "LastSeenNotStored", Level = LogLevel.Warning,
        Message = "Last use of session {Session} not stored")]
    private static partial void LogLastSeenNotStored(ILogger logger, long session, Exception cause);
}
