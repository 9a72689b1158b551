using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Sees generations off, beside whatever else goes on: they drain, stop, and are looked for in memory.</summary>
/// <param name="ended">Called when it is known what became of one.</param>
internal sealed partial class PluginUnloading(PluginTimes times, PluginHandover handover, TimeProvider time, Action ended, ILogger<PluginUnloading> log) : IDisposable
{
    private readonly CancellationTokenSource hurry = new();
    private readonly Lock gate = new(); // guards both below
    private readonly List<Task> stopping = [];
    private readonly Dictionary<PluginSlot, Task> last = [];

    /// <summary>Returns at once; called by one thread at a time. The catalogue names the generation no more.</summary>
    /// <param name="successor">What serves in its place; null: nothing does.</param>
    /// <param name="hasServed">False: it started, but did not come into force.</param>
    public void Begin(PluginSlot slot, PluginGeneration generation, PluginGeneration? successor, bool hasServed = true)
    {
        var departure = generation.Depart(hasServed);
        slot.Depart(departure);
        Task earlier;
        lock (gate) earlier = hasServed ? last.GetValueOrDefault(slot, Task.CompletedTask) : Task.CompletedTask;
        var stop = StopAsync(generation, successor, earlier, hurry.Token);
        lock (gate)
        {
            if (hasServed) last[slot] = stop;
            stopping.RemoveAll(task => task.IsCompleted);
            stopping.Add(stop);
        }
        _ = FollowAsync(slot, departure, stop, hurry.Token); // must not get hold of the generation
    }

    /// <summary>Returns at once. A start that failed, or hangs: then it is not waited for.</summary>
    public void Begin(PluginSlot slot, PluginCandidate candidate, LeakTrace remains)
    {
        var departure = new PluginUnload(slot.Id, candidate.Manifest.Version, candidate.Hash, new(), remains.Traces) { HasServed = false };
        slot.Depart(departure);
        _ = ProveAsync(slot, departure, remains.Ended.WaitAsync(times.Grace, time), hurry.Token);
    }

    /// <summary>What still ends has this long; nothing is proven any more.</summary>
    public async Task HurryAsync(TimeSpan limit)
    {
        await hurry.CancelAsync();
        Task all;
        lock (gate) all = Task.WhenAll(stopping);
        await all.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => hurry.Dispose();

    /// <param name="earlier">Of the generation before: what that hands on to this one goes on to the next.</param>
    private async Task StopAsync(PluginGeneration generation, PluginGeneration? successor, Task earlier, CancellationToken hurried)
    {
        await generation.DrainAsync(times.Drain, times.Grace, hurried);
        if (generation.HandsOn) await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // its own departure tells of its failure
        if (successor is not null && !hurried.IsCancellationRequested) await generation.HandOverAsync(handover, successor);
        await generation.TakeDownAsync(times.Grace);
    }

    private async Task FollowAsync(PluginSlot slot, PluginUnload departure, Task stop, CancellationToken hurried)
    {
        await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.Exception is { } failure) Failed(failure, departure.Id, departure.Version);
        else Stopped(departure.Id, departure.Version);
        await ProveAsync(slot, departure, stop, hurried);
    }

    /// <param name="stop">What still runs of it; looked for it is all the same.</param>
    private async Task ProveAsync(PluginSlot slot, PluginUnload departure, Task stop, CancellationToken hurried)
    {
        try
        {
            await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            departure.Became(PluginState.Stopped);
            var isGone = await UnloadProof.RunAsync(departure, times.Proofs, time, hurried);
            departure.Became(isGone ? PluginState.Collected : PluginState.Leaked);
            if (isGone) Collected(departure.Id, departure.Version);
            else if (stop.IsFaulted) Hangs(departure.Id, departure.Version, slot.Leaked);
            else Leaked(departure.Id, departure.Version, slot.Leaked);
        }
        catch (OperationCanceledException) when (hurried.IsCancellationRequested)
        {
            departure.Became(PluginState.Stopped); // the daemon ends, and everything with it
        }
        ended();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} has stopped.")]
    private partial void Stopped(string plugin, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} is collected: nothing of it is left in memory.")]
    private partial void Collected(string plugin, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} is leaked: it has stopped, but something still refers to it, and so its memory stays taken. {Count} generations of it are leaked now. Its author finds the usual causes in docs/plugins.md.")]
    private partial void Leaked(string plugin, string version, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} is leaked: it has not stopped, and its memory stays taken. {Count} generations of it are leaked now.")]
    private partial void Hangs(string plugin, string version, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} {Version} could not be stopped.")]
    private partial void Failed(Exception failure, string plugin, string version);
}
