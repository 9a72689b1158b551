using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

internal enum HookEnd
{
    Answered,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It was cancelled at its deadline, and may go on nevertheless.</summary>
    Missed,

    /// <summary>Nobody waits for it any longer: it was cancelled, and may go on nevertheless.</summary>
    Abandoned,
}

/// <param name="Running">Completes when the call has really ended; with its value, where it answered.</param>
internal readonly record struct HookResult<T>(HookEnd End, Task<T> Running);

/// <summary>
/// Calls into a plugin's hooks: on the pool, so that code which blocks holds up nobody beyond the deadline, and without the caller's
/// context, whose async-locals would keep a plugin from unloading.
/// </summary>
internal sealed partial class HookCalls(string plugin, string hook, TimeSpan deadline, TimeProvider time, ILogger log)
{
    /// <summary>Completes at the latest at the deadline, or when <paramref name="quit"/> is cancelled; never throws.</summary>
    public async Task<HookResult<T>> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken quit)
    {
        var stop = new CancellationTokenSource(); // never disposed: a call that outlives its deadline may still use its token
        var running = Start(call, stop.Token);
        await ((Task)running).WaitAsync(deadline, time, quit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsCompleted) return new(running.IsCompletedSuccessfully ? HookEnd.Answered : HookEnd.Failed, running);
        _ = CancelAsync(stop);
        _ = ObserveAsync(running);
        return new(quit.IsCancellationRequested ? HookEnd.Abandoned : HookEnd.Missed, running);
    }

    private static Task<T> Start<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Run(() => call(stop), CancellationToken.None);
    }

    /// <summary>Not waited for: what a plugin registered on the token may block.</summary>
    private async Task CancelAsync(CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException failure)
        {
            CancellationFailed(PluginFailure.Of(failure), hook, plugin);
        }
    }

    /// <summary>What is thrown for the cancellation is no news; anything else would be lost.</summary>
    private async Task ObserveAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Exception is { } failure) FailedLate(PluginFailure.Of(failure.InnerException), hook, plugin);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hook {Hook} of {Plugin}: what it registered on its cancellation threw.")]
    private partial void CancellationFailed(Exception? failure, string hook, string plugin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hook {Hook} of {Plugin} threw after it had been cancelled.")]
    private partial void FailedLate(Exception? failure, string hook, string plugin);
}
