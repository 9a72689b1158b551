using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Stores when sessions were last used, and whether their names are held. Nobody waits for it: a lost note costs a name's hold, not a session.</summary>
internal sealed partial class LastSeenWriter(SessionStore store, TimeProvider time, ILogger<LastSeenWriter> logger)
{
    public void Note(Session session, bool isHeld) => _ = NoteAsync(new SessionMark(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), isHeld));

    private async Task NoteAsync(SessionMark mark)
    {
        try
        {
            await store.MarkAsync([mark]);
        }
        catch (Exception e)
        {
            LogFailed(logger, mark.Id, e);
        }
    }

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "Session {Session}: its last use could not be stored")]
    private static partial void LogFailed(ILogger logger, long session, Exception cause);
}
