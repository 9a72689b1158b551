using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Unloads generations in the background: drain, hand over, tear down, then prove that nothing is left in memory.</summary>
internal sealed partial class PluginUnloader(
    PluginTimings timings, PluginHandover handover, ReconcileSignal signal, TimeProvider time, ILogger<PluginUnloader> log) : IDisposable
{
    private readonly CancellationTokenSource finish = new();
    private readonly Lock gate = new(); // guards both below
    private readonly List<Task> stopping = [];
    private readonly Dictionary<PluginSlot, Task> last = [];

    /// <summary>Returns at once. Called by one thread at a time, after the catalogue no longer contains the generation.</summary>
    /// <param name="successor">The generation that replaces it; null if none does.</param>
    /// <param name="wasActive">False if it started, but was never published.</param>
    public void Unload(PluginSlot slot, PluginGeneration generation, PluginGeneration? successor, bool wasActive = true)
    {
        var unloading = generation.ToUnloading(wasActive);
        slot.Add(unloading);
        Task earlier;
        lock (gate) earlier = wasActive ? last.GetValueOrDefault(slot, Task.CompletedTask) : Task.CompletedTask;
        var stop = StopAsync(generation, successor, earlier, finish.Token);
        lock (gate)
        {
            if (wasActive) last[slot] = stop;
            stopping.RemoveAll(task => task.IsCompleted);
            stopping.Add(stop);
        }
        _ = FollowAsync(slot, unloading, stop, finish.Token); // must hold no reference to the generation
    }

    /// <summary>Watches the remains of a start that failed or hangs. Returns at once.</summary>
    public void Watch(PluginSlot slot, PluginCandidate candidate, LeakTrace trace)
    {
        var unloading = new UnloadingGeneration(slot.Id, candidate.Manifest.Version, candidate.Hash, new(), trace.References)
        {
            WasActive = false,
        };
        slot.Add(unloading);
        _ = ProveAsync(slot, unloading, trace.Ended.WaitAsync(timings.Grace, time), finish.Token);
    }

    /// <summary>Ends all drains and proofs. Returns when the stops have ended, or after the limit.</summary>
    public async Task FinishAsync(TimeSpan limit)
    {
        await finish.CancelAsync();
        Task all;
        lock (gate) all = Task.WhenAll(stopping);
        await all.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => finish.Dispose();

    /// <param name="earlier">The stop of the generation before. State that it hands to this one must reach the successor too.</param>
    private async Task StopAsync(PluginGeneration generation, PluginGeneration? successor, Task earlier, CancellationToken finishing)
    {
        await generation.DrainAsync(timings.Drain, timings.Grace, finishing);
        if (generation.HasHandovers) await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // logged where it failed
        if (successor is not null && !finishing.IsCancellationRequested) await generation.HandOverAsync(handover, successor);
        await generation.TearDownAsync(timings.Grace);
    }

    private async Task FollowAsync(PluginSlot slot, UnloadingGeneration unloading, Task stop, CancellationToken finishing)
    {
        await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.Exception is { } failure) LogStopFailed(failure, unloading.Id, unloading.Version);
        else LogStopped(unloading.Id, unloading.Version);
        await ProveAsync(slot, unloading, stop, finishing);
    }

    /// <param name="stop">The proof begins when it ends, even with a failure.</param>
    private async Task ProveAsync(PluginSlot slot, UnloadingGeneration unloading, Task stop, CancellationToken finishing)
    {
        try
        {
            await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            unloading.Enter(PluginState.Stopped);
            var isGone = await UnloadProof.RunAsync(unloading, timings.Proofs, time, finishing);
            unloading.Enter(isGone ? PluginState.Collected : PluginState.Leaked);
            if (isGone) LogCollected(unloading.Id, unloading.Version);
            else if (stop.IsFaulted) LogStuck(unloading.Id, unloading.Version, slot.Leaked);
            else LogLeaked(unloading.Id, unloading.Version, slot.Leaked);
        }
        catch (OperationCanceledException) when (finishing.IsCancellationRequested)
        {
            unloading.Enter(PluginState.Stopped); // the process ends anyway
        }
        signal.RequestReconcile(); // a change may have waited for this end
    }

    [LoggerMessage(
        EventId = 730, EventName = "PluginStopped", Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} has stopped.")]
    private partial void LogStopped(string plugin, string version);

    [LoggerMessage(
        EventId = 731, EventName = "PluginCollected", Level = LogLevel.Information,
        Message = "Plugin {Plugin} {Version} is collected: nothing of it is left in memory.")]
    private partial void LogCollected(string plugin, string version);

    [LoggerMessage(
        EventId = 732, EventName = "PluginLeaked", Level = LogLevel.Warning,
        Message = "Plugin {Plugin} {Version} is leaked: it has stopped, but something still references it, so its memory stays in use. "
            + "Leaked generations of this plugin: {Count}. docs/plugins.md lists the usual causes.")]
    private partial void LogLeaked(string plugin, string version, int count);

    [LoggerMessage(
        EventId = 733, EventName = "PluginStuck", Level = LogLevel.Warning,
        Message = "Plugin {Plugin} {Version} is leaked: it has not stopped, so its memory stays in use. "
            + "Leaked generations of this plugin: {Count}.")]
    private partial void LogStuck(string plugin, string version, int count);

    [LoggerMessage(
        EventId = 734, EventName = "PluginStopFailed", Level = LogLevel.Error, Message = "Plugin {Plugin} {Version} could not be stopped.")]
    private partial void LogStopFailed(Exception failure, string plugin, string version);
}
