using Chat.Daemon.History;
using Chat.Daemon.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>What happens by time alone: names are freed, idle conversations dropped, old sessions deleted.</summary>
internal sealed partial class DaemonClock(
    SessionRegistry registry, SessionStore store, ConversationRegistry conversations, AddressLimits addresses, TimeProvider time, ILogger<DaemonClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var second = 1; await NextAsync(timer, stoppingToken); second++)
        {
            try
            {
                await FreeNamesAsync();
                if (second % Minute == 0) SweepMemory();
                if (second % Hour == 0) await SweepSessionsAsync();
            }
            catch (Exception e)
            {
                LogFailed(logger, e); // the next tick tries again
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task FreeNamesAsync()
    {
        var over = registry.Sweep();
        await store.MarkAsync([.. over.Select(s => new SessionMark(s.Session, s.SeenAt.ToUnixTimeMilliseconds(), Held: false))]);
    }

    private void SweepMemory()
    {
        addresses.Sweep();
        conversations.Sweep();
    }

    /// <summary>Who is connected uses its session all the time; who has not for long loses it.</summary>
    private async Task SweepSessionsAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.MarkAsync([.. registry.Attached().Select(s => new SessionMark(s.Id, now, Held: true))]);
        var deleted = await store.DeleteExpiredAsync();
        if (deleted > 0) LogDeleted(logger, deleted);
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "Housekeeping failed")]
    private static partial void LogFailed(ILogger logger, Exception cause);

    [LoggerMessage(EventId = 222, Level = LogLevel.Information, Message = "{Count} sessions expired")]
    private static partial void LogDeleted(ILogger logger, int count);
}
