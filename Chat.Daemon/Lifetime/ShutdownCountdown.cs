using Chat.Daemon.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>Stops the daemon after a while, and tells everybody as the end comes near. Whatever begins it, the end comes once. Safe from any thread.</summary>
internal sealed partial class ShutdownCountdown(IHostApplicationLifetime lifetime, Notifier notices, TimeProvider time, ILogger<ShutdownCountdown> logger)
{
    /// <summary>Seconds before the end at which everybody is told.</summary>
    private static readonly int[] Marks = [3600, 1800, 600, 300, 60, 30, 10, 5];

    private readonly Lock gate = new();
    private CancellationTokenSource? running;

    /// <summary>Begins, or begins anew with this time and reason.</summary>
    public void Begin(TimeSpan delay, string reason, string by)
    {
        LogBegun(logger, by, delay, reason);
        var mine = new CancellationTokenSource();
        lock (gate)
        {
            running?.Cancel();
            running = mine;
        }
        _ = RunAsync(delay, reason, mine);
    }

    /// <summary>False where none ran, or its end has begun.</summary>
    public bool Cancel(string by)
    {
        lock (gate)
        {
            if (running is null || lifetime.ApplicationStopping.IsCancellationRequested) return false;
            running.Cancel();
            running = null;
        }
        LogCancelled(logger, by);
        notices.TellAll(texts => texts.ShutdownCancelled());
        return true;
    }

    private async Task RunAsync(TimeSpan delay, string reason, CancellationTokenSource mine)
    {
        try
        {
            var end = time.GetUtcNow() + delay;
            if (delay > TimeSpan.Zero) Tell(delay, reason);
            foreach (var mark in Marks.Select(seconds => TimeSpan.FromSeconds(seconds)).Where(mark => mark < delay))
            {
                await WaitUntilAsync(end - mark, mine.Token);
                Tell(mark, reason);
            }
            await WaitUntilAsync(end, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        lock (gate)
        {
            if (running != mine) return;
            running = null; // from here on nothing is left to cancel
        }
        lifetime.StopApplication();
    }

    private Task WaitUntilAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        var left = moment - time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellation) : Task.CompletedTask;
    }

    private void Tell(TimeSpan left, string reason)
    {
        notices.TellAll(texts => texts.ShutdownIn(DurationText.Format(left), reason));
    }

    [LoggerMessage(EventId = 601, Level = LogLevel.Warning, Message = "{User} stops the daemon in {Delay}: {Reason}")]
    private static partial void LogBegun(ILogger logger, string user, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "{User} cancelled the stop")]
    private static partial void LogCancelled(ILogger logger, string user);
}
