using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>Deletes audit entries that are older than <c>Chat:History:AuditDays</c>.</summary>
internal sealed partial class AuditRetention(
    AuditStore auditStore, OptionsSource options, TimeProvider time, ILogger<AuditRetention> logger) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromHours(1);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var days = options.Current.History.AuditDays;
        if (days > 0 && await auditStore.DeleteBeforeAsync(time.GetUtcNow().AddDays(-days)) is > 0 and var count)
            LogAuditEntriesDeleted(logger, count, days);
    }

    [LoggerMessage(EventId = 223, EventName = "AuditEntriesDeleted", Level = LogLevel.Information,
        Message = "Deleted {Count} audit entries older than {Days} days")]
    private static partial void LogAuditEntriesDeleted(ILogger logger, int count, int days);
}
