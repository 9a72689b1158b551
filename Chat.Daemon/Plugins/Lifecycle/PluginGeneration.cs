using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>One load of a plugin, from its start to its stop: owns its commands, its container and its code. Safe from any thread.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "An invocation that outlives everything may still look at the token; the source holds nothing else.")]
internal sealed partial class PluginGeneration(
    PluginCandidate candidate, PluginBody body, TimeProvider time, ILogger log) : ICommandOwner
{
    private readonly string id = candidate.Manifest.Id;
    private readonly Lock gate = new(); // guards the two below
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int leases;
    private bool drains;
    private readonly CancellationTokenSource stopping = new();
    private PluginBody? body = body;

    public string Id => id;

    public string Version { get; } = candidate.Manifest.Version;

    public GenerationTally Tally { get; } = new();

    /// <summary>None any more once it has stopped.</summary>
    public IReadOnlyList<CatalogueEntry> Commands => body?.Commands ?? [];

    /// <summary>None any more once it has stopped.</summary>
    public HookSet Hooks => body?.Hooks ?? new(this, [], []);

    /// <summary>Whether it has state for the one after it.</summary>
    public bool HandsOn => body?.Belongings.Handovers.Count > 0;

    public ICommandLease? TryLease()
    {
        lock (gate)
        {
            if (drains) return null;
            leases++;
            return new Lease(this);
        }
    }

    /// <summary>Drains, then takes everything down. Called once, when the catalogue names it no more.</summary>
    /// <inheritdoc cref="DrainAsync"/>
    public async Task StopAsync(TimeSpan patience, TimeSpan grace, CancellationToken hurry = default)
    {
        await DrainAsync(patience, grace, hurry);
        await TakeDownAsync(grace);
    }

    /// <summary>Gives no more leases, waits for those that are held, cancels them, waits again.</summary>
    /// <param name="patience">Before the cancellation.</param>
    /// <param name="grace">After it; what is taken down has as long again.</param>
    /// <param name="hurry">Ends the patience, not the grace.</param>
    public async Task DrainAsync(TimeSpan patience, TimeSpan grace, CancellationToken hurry)
    {
        lock (gate)
        {
            drains = true;
            if (leases == 0) drained.TrySetResult();
        }
        if (!await EndsWithinAsync(drained.Task, patience, hurry))
        {
            await stopping.CancelAsync();
            if (!await EndsWithinAsync(drained.Task, grace, CancellationToken.None)) StillRunning(id, Volatile.Read(ref leases));
        }
    }

    /// <summary>Gives its state to the one that serves instead; between its drain and its end.</summary>
    public async Task HandOverAsync(PluginHandover handover, PluginGeneration successor)
    {
        using var lease = successor.TryLease(); // none where that is on its way out too: then it waits for this one
        if (body is { } mine && successor.body is { } theirs) await handover.PassAsync(id, mine, theirs);
    }

    /// <summary>Ends what it has, disposes of what it made, and lets go of its code.</summary>
    public async Task TakeDownAsync(TimeSpan grace)
    {
        await EndAsync(body!.Belongings.EndAsync, grace);
        var container = body!.Container;
        await EndAsync(() => container.DisposeAsync().AsTask(), grace);
        body!.Assembly.Dispose();
        body = null; // whoever still knows this object holds nothing of the plugin with it
    }

    /// <summary>To be taken before the stop.</summary>
    public PluginUnload Depart(bool hasServed) => new(id, Version, candidate.Hash, Tally, body!.Assembly.Traces()) { HasServed = hasServed };

    private async Task EndAsync(Func<Task> end, TimeSpan grace)
    {
        Task ending;
        using (ExecutionContext.SuppressFlow()) ending = Task.Run(end);
        if (!await EndsWithinAsync(ending, grace, CancellationToken.None)) DisposesSlowly(id);
        else if (ending.Exception is { } failure) DisposedBadly(PluginFailure.Of(failure), id);
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken hurry)
    {
        await task.WaitAsync(limit, time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    private void Release()
    {
        lock (gate)
            if (--leases == 0 && drains) drained.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} stops while {Count} of its invocations still run, which ignore their cancellation.")]
    private partial void StillRunning(string plugin, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} takes too long to dispose of what it made; the daemon goes on without waiting.")]
    private partial void DisposesSlowly(string plugin);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} threw while what it made was disposed of.")]
    private partial void DisposedBadly(Exception? failure, string plugin);

    private sealed class Lease(PluginGeneration generation) : ICommandLease
    {
        private bool isReturned;

        public CancellationToken Stopping => generation.stopping.Token;

        public AsyncServiceScope CreateScope(CommandContext context, object? origin) => InvocationScope.Create((generation.body ?? throw new ObjectDisposedException(generation.id)).Container, context, origin);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isReturned, true)) generation.Release();
        }
    }
}

/// <summary>All that keeps a generation of a plugin in memory.</summary>
internal sealed record PluginBody(ServiceProvider Container, PluginAssembly Assembly, PluginResources Belongings)
{
    /// <summary>Set once, right after the generation is made: they hold it.</summary>
    public IReadOnlyList<CatalogueEntry> Commands { get; set; } = [];

    /// <inheritdoc cref="Commands"/>
    public HookSet? Hooks { get; set; }
}
