using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>What happens by time alone: names are freed, idle conversations dropped, old sessions and old entries of the audit deleted.</summary>
internal sealed partial class Housekeeping(
    SessionRegistry registry, SessionStore store, ConversationRegistry conversations, AddressLimits addresses, AuditStore audit, OptionsSource options, TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var second = 0; // at once, for a daemon that is stopped every night
        do
        {
            try
            {
                await FreeNamesAsync();
                if (second % Minute == 0) SweepMemory();
                if (second % Hour == 0) await SweepDatabaseAsync();
            }
            catch (Exception e)
            {
                LogFailed(logger, e); // the next tick tries again
            }
            second++;
        }
        while (await NextAsync(timer, stoppingToken));
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
    private async Task SweepDatabaseAsync()
    {
        var now = time.GetUtcNow();
        await store.MarkAsync([.. registry.Attached().Select(s => new SessionMark(s.Id, now.ToUnixTimeMilliseconds(), Held: true))]);
        if (await store.DeleteExpiredAsync() is > 0 and var sessions) LogDeleted(logger, sessions);
        var days = options.Current.History.AuditDays;
        if (days > 0 && await audit.DeleteBeforeAsync(now.AddDays(-days)) is > 0 and var entries) LogAuditDeleted(logger, entries, days);
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "Housekeeping failed")]
    private static partial void LogFailed(ILogger logger, Exception cause);

    [LoggerMessage(EventId = 222, Level = LogLevel.Information, Message = "{Count} sessions expired")]
    private static partial void LogDeleted(ILogger logger, int count);

    [LoggerMessage(EventId = 223, Level = LogLevel.Information, Message = "{Count} entries of the audit deleted: they were older than {Days} days")]
    private static partial void LogAuditDeleted(ILogger logger, int count, int days);
}
