using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Deletes sessions whose tokens have not been used for long. Connected sessions are in use all the time.</summary>
internal sealed partial class SessionExpiry(
    SessionRegistry sessionRegistry,
    SessionStore sessionStore,
    PageLoginStore pageLoginStore,
    LastSeenWriter lastSeenWriter,
    ILogger<SessionExpiry> logger)
    : IPeriodicTask
{
    /// <summary>How much earlier than allowed a token may expire after a daemon that was killed.</summary>
    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(10);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        foreach (var session in sessionRegistry.Attached()) lastSeenWriter.Write(session);
        if (await sessionStore.DeleteExpiredAsync() is > 0 and var count) LogSessionsExpired(logger, count);
        await pageLoginStore.DeleteExpiredAsync();
    }

    [LoggerMessage(EventId = 222, EventName = "SessionsExpired", Level = LogLevel.Information, Message = "Sessions expired: {Count}")]
    private static partial void LogSessionsExpired(ILogger logger, int count);
}
