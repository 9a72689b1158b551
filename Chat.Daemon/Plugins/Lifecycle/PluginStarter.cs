using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Starts a generation on a thread of its own, within a time limit.</summary>
internal sealed class PluginStarter(GenerationBuilder builder, PluginTimings timings, TimeProvider time)
{
    /// <exception cref="PluginRefusedException">It threw, or took too long.</exception>
    public async Task<PluginGeneration> StartAsync(PluginCandidate candidate, CancellationToken cancellation)
    {
        var traces = new Traces();
        var starting = RunOnOwnThread(() => builder.Build(candidate, traces.Set));
        try
        {
            return await starting.WaitAsync(timings.Start, time, cancellation);
        }
        catch (Exception abandoned) when (abandoned is TimeoutException or OperationCanceledException)
        {
            var ended = StopLateAsync(starting);
            if (abandoned is OperationCanceledException) throw;
            var reason = LocalizedText.Of(t => t.StartTimeout(timings.Start.TotalSeconds));
            throw new PluginRefusedException(reason) { LeakTrace = traces.Until(ended) };
        }
    }

    /// <summary>Starts the services that it hosts, which may block.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public Task StartServicesAsync(PluginGeneration generation, CancellationToken cancellation) =>
        generation.StartServicesAsync(timings.Start, cancellation);

    /// <summary>
    /// A plugin that hangs then blocks no pool thread. It sees no async-local of the daemon, which would keep it from unloading.
    /// </summary>
    private static Task<PluginGeneration> RunOnOwnThread(Func<PluginGeneration> start)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(start, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>No invocation has started, so there is nothing to drain.</summary>
    private async Task StopLateAsync(Task<PluginGeneration> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully) await (await starting).StopAsync(TimeSpan.Zero, timings.Start);
    }

    /// <summary>Set on the start's thread, read on another that may have given up meanwhile.</summary>
    private sealed class Traces
    {
        private volatile IReadOnlyList<WeakReference>? references;

        public void Set(IReadOnlyList<WeakReference> loaded) => references = loaded;

        public LeakTrace? Until(Task ended) => references is { } loaded ? new(loaded, ended) : null;
    }
}
