using System.Runtime.CompilerServices;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>
/// Runs a plugin's code under a deadline: on the pool, so that code that blocks holds up nobody for longer, and without the caller's
/// context, whose async-locals would keep the plugin from unloading. Safe from any thread.
/// </summary>
internal sealed partial class GuardedCalls(TimeProvider time, ILogger<GuardedCalls> log)
{
    /// <summary>Waits until another call may run. Null refuses it; the log says so once, until the calls become fewer.</summary>
    /// <returns>Pass it to the call.</returns>
    /// <exception cref="OperationCanceledException">The caller quit.</exception>
    public async ValueTask<CallSlot?> EnterAsync(CallGate gate, CallSite site, CancellationToken quit)
    {
        var slot = await gate.EnterAsync(time, quit);
        if (slot is null && gate.Report() is { } count) LogBusy(count, site.Kind, site.Name, site.Plugin);
        return slot;
    }

    /// <summary>Completes at the latest at the deadline, or at its cancellation, plus the grace. Never throws.</summary>
    /// <param name="site">Names the code in the log.</param>
    /// <param name="quit">Cancels the code before its deadline.</param>
    /// <param name="grace">How long cancelled code may take to end by itself.</param>
    /// <param name="slot">Its place in the gate that it entered; left when the code has really ended.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // saves 180 B for each command
    public async ValueTask<GuardedCall<T>> RunAsync<T>(
        CallSite site, Func<CancellationToken, Task<T>> code, TimeSpan deadline, CancellationToken quit, TimeSpan grace = default,
        CallSlot? slot = null)
    {
        var stop = new CancellationTokenSource(); // never disposed: code that outlives its deadline may still use its token
        PoolReserve.Enter();
        var running = Start(code, slot, stop.Token);
        await ((Task)running).WaitAsync(deadline, time, quit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsCompleted)
        {
            Leave(slot);
            return new(running.IsCompletedSuccessfully ? CallEnd.Answered : CallEnd.Failed, running, running);
        }
        var end = quit.IsCancellationRequested ? CallEnd.Abandoned : CallEnd.Missed;
        slot?.Abandon();
        var ended = Task.WhenAll(CancelAsync(site, stop), running);
        if (grace > TimeSpan.Zero)
            await ((Task)running).WaitAsync(grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = ObserveAsync(site, running, ended, slot, isLate: !running.IsCompleted);
        return new(end, running, ended);
    }

    private static Task<T> Start<T>(Func<CancellationToken, Task<T>> code, CallSlot? slot, CancellationToken stop)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Run(
            () =>
            {
                var running = code(stop);
                if (!running.IsCompleted) slot?.Returned();
                return running;
            },
            CancellationToken.None);
    }

    /// <summary>Not awaited: a callback that a plugin registered on the token may block.</summary>
    private async Task CancelAsync(CallSite site, CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException failure)
        {
            LogCancellationFailed(PluginFailure.Of(failure), site.Kind, site.Name, site.Plugin);
        }
    }

    /// <summary>A cancellation is no news; any other failure would be lost.</summary>
    /// <param name="isLate">The caller does not see its end.</param>
    private async Task ObserveAsync(CallSite site, Task running, Task ended, CallSlot? slot, bool isLate)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isLate && running.Exception is { } failure)
            LogFailedLate(PluginFailure.Of(failure.InnerException), site.Kind, site.Name, site.Plugin);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave(slot);
    }

    private static void Leave(CallSlot? slot)
    {
        PoolReserve.Leave();
        slot?.Ended();
    }

    [LoggerMessage(EventId = 750, EventName = "PluginCodeBusy", Level = LogLevel.Error,
        Message = "Plugin code busy: {Count} calls of {Kind} {Name} of plugin {Plugin} block their threads or run past their deadlines. "
            + "Further calls are refused until some end. If they hang, reload or remove the plugin")]
    private partial void LogBusy(int count, string kind, string name, string plugin);

    [LoggerMessage(EventId = 751, EventName = "CancellationCallbackFailed", Level = LogLevel.Error,
        Message = "Cancellation callback failed: {Kind} {Name} of plugin {Plugin}")]
    private partial void LogCancellationFailed(Exception? failure, string kind, string name, string plugin);

    [LoggerMessage(EventId = 752, EventName = "PluginCodeFailedLate", Level = LogLevel.Warning,
        Message = "Plugin code failed after its cancellation: {Kind} {Name} of plugin {Plugin}")]
    private partial void LogFailedLate(Exception? failure, string kind, string name, string plugin);
}
