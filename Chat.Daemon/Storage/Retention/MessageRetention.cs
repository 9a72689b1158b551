using System.Threading.Channels;
using Chat.Daemon.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Removes messages beyond the age or number that the settings allow: at the start, every five minutes, and when a room's limits change.
/// Safe from any thread.
/// </summary>
internal sealed partial class MessageRetention(
    IMessageLog log, OptionsSource options, SteadyTime time, ILogger<MessageRetention> logger) : BackgroundService, IPeriodicTask
{
    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The limits of conversations without their own.</summary>
    public RetentionRule Standard =>
        new(options.Current.Retention.Days, options.Current.Retention.MessagesPerConversation);

    /// <summary>The earlier one, so that a clock that is set forward, or was wrong at the start, does not cost messages.</summary>
    private DateTimeOffset Now => time.GetUtcNow() is var steady && steady < time.TimeOfDay ? steady : time.TimeOfDay;

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(5);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        ApplySoon();
        return Task.CompletedTask;
    }

    public void ApplySoon() => wakes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in wakes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await log.PruneAsync(Standard, Now, stoppingToken) is > 0 and var count) LogPruned(logger, count);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 332, EventName = "MessagesPruned", Level = LogLevel.Information,
        Message = "Retention removed {Count} messages")]
    private static partial void LogPruned(ILogger logger, long count);

    [LoggerMessage(EventId = 333, EventName = "RetentionFailed", Level = LogLevel.Error,
        Message = "Cannot apply retention; trying again within five minutes")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
