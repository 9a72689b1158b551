using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Reports lines that the log dropped because the disk did not take them in time: once it takes them again, else once a minute.
/// </summary>
internal sealed partial class LogLosses(TimeProvider time, ILogger<LogLosses> log) : IPeriodicTask
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private long reported, before;
    private long reportedAt;

    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var lost = LogFile.LinesLost;
        var isOver = lost == before;
        before = lost;
        if (lost == reported || !isOver && time.GetElapsedTime(reportedAt) < Longest) return Task.CompletedTask;
        LogLost(lost - reported);
        (reported, reportedAt) = (lost, time.GetTimestamp());
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 16, EventName = "LogLinesLost", Level = LogLevel.Error,
        Message = "Log lines lost: {Count} were dropped because the disk with the log is slow, full or hangs. Check that disk")]
    private partial void LogLost(long count);
}
