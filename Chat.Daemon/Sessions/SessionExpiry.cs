using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Deletes sessions whose tokens have not been used for long. Connected sessions are in use all the time.</summary>
internal sealed partial class SessionExpiry(
    SessionRegistry registry, SessionStore store, TimeProvider time, ILogger<SessionExpiry> logger) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromHours(1);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.MarkAsync([.. registry.Attached().Select(s => new SessionMark(s.Id, now, Held: true))]);
        if (await store.DeleteExpiredAsync() is > 0 and var count) LogSessionsExpired(logger, count);
    }

    [LoggerMessage(EventId = 222, EventName = "SessionsExpired", Level = LogLevel.Information, Message = "Sessions expired: {Count}")]
    private static partial void LogSessionsExpired(ILogger logger, int count);
}
