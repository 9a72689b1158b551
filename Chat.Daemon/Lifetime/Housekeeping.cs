using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>Runs the periodic tasks.</summary>
internal sealed partial class Housekeeping(
    IEnumerable<IPeriodicTask> tasks, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        Dictionary<IPeriodicTask, long> begun = []; // empty: every task runs at once, for a daemon that is stopped every night
        do
        {
            foreach (var task in tasks)
            {
                if (begun.TryGetValue(task, out var last) && time.GetElapsedTime(last) < task.Period) continue;
                begun[task] = time.GetTimestamp();
                await RunAsync(task, stoppingToken);
            }
        }
        while (await IsNextTickAsync(timer, stoppingToken));
    }

    private async Task RunAsync(IPeriodicTask task, CancellationToken stopping)
    {
        try
        {
            await task.RunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The daemon stops, and so does the task.
        }
        catch (Exception e)
        {
            LogTaskFailed(logger, task.GetType().Name, e);
        }
    }

    private static async ValueTask<bool> IsNextTickAsync(PeriodicTimer timer, CancellationToken stopping)
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

    [LoggerMessage(EventId = 221, EventName = "HousekeepingFailed", Level = LogLevel.Error,
        Message = "Housekeeping task {Task} failed; it runs again after its period")]
    private static partial void LogTaskFailed(ILogger logger, string task, Exception cause);
}
