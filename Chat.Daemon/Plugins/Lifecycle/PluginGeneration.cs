using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>One load of a plugin, from start to stop. Safe from any thread.</summary>
internal sealed partial class PluginGeneration(
    PluginCandidate candidate, PluginOwner owner, LoadedPlugin loaded, GuardedCalls calls, ILogger<PluginGeneration> log)
{
    private volatile LoadedPlugin? loaded = loaded;

    public string Id => candidate.Manifest.Id;

    public string Version => candidate.Manifest.Version;

    /// <summary>The generation as the callers of its commands and hooks see it.</summary>
    public PluginOwner Owner => owner;

    public GenerationTally Tally => owner.Tally;

    /// <summary>Empty once it has stopped.</summary>
    public IReadOnlyList<CatalogueEntry> Commands => loaded?.Commands ?? [];

    /// <inheritdoc cref="Commands"/>
    public HookSet Hooks => loaded?.Hooks ?? new(owner);

    /// <summary>Whether it has state for its successor.</summary>
    public bool HasHandovers => loaded?.Resources.Handovers.Count > 0;

    /// <summary>Names of the classes of its hosted services.</summary>
    public IReadOnlyList<string> Services => loaded?.Services.Names ?? [];

    /// <summary>Full names of the classes that run its jobs.</summary>
    public IReadOnlyCollection<string> Jobs => loaded?.Resources.JobTypes ?? [];

    /// <summary>Called once, when its commands and hooks are in the catalogue.</summary>
    public void RunJobs() => loaded?.Resources.RunJobs(owner);

    /// <inheritdoc cref="HostedWork.StartAsync"/>
    public Task StartServicesAsync(TimeSpan limit, CancellationToken cancellation) => loaded!.Services.StartAsync(limit, cancellation);

    /// <summary>Drains and tears down. Called once, after the catalogue no longer contains it.</summary>
    public async Task StopAsync(TimeSpan drain, TimeSpan grace)
    {
        await DrainAsync(drain, grace, CancellationToken.None);
        await TearDownAsync(grace);
    }

    /// <summary>
    /// Grants no more leases and waits for the current ones; then cancels them and waits again. Meanwhile its hosted services stop, in the
    /// same time: two versions should not do the same work for longer than they must.
    /// </summary>
    /// <param name="drain">The wait before the cancellation.</param>
    /// <param name="grace">The wait after it.</param>
    /// <param name="cancelNow">Ends the first wait, not the second.</param>
    public async Task DrainAsync(TimeSpan drain, TimeSpan grace, CancellationToken cancelNow)
    {
        var stopping = loaded!.Services.StopAsync(drain, grace, cancelNow);
        if (await owner.DrainAsync(drain, grace, cancelNow) is > 0 and var count) LogStillRunning(Id, count);
        await stopping;
    }

    /// <summary>Hands its state to its successor. Called between drain and teardown.</summary>
    public async Task HandOverAsync(PluginHandover handover, PluginGeneration successor)
    {
        using var lease = successor.Owner.TryLease(); // null if the successor drains too: it then waits for this one
        if (loaded is { } mine && successor.loaded is { } theirs) await handover.PassAsync(Id, mine, theirs);
    }

    /// <summary>Ends its resources, disposes its container and unloads its code.</summary>
    /// <param name="grace">For each of the first two.</param>
    public async Task TearDownAsync(TimeSpan grace)
    {
        await EndAsync(loaded!.Resources.EndAsync, grace);
        var container = loaded!.Container;
        await EndAsync(() => container.DisposeAsync().AsTask(), grace);
        loaded!.Assembly.Dispose();
        owner.ReleaseContainer();
        loaded = null; // a reference to this object then keeps nothing of the plugin in memory
    }

    /// <summary>Called before the stop.</summary>
    public UnloadingGeneration ToUnloading(bool wasActive) =>
        new(Id, Version, candidate.Hash, owner.Tally, loaded!.Assembly.Traces()) { WasActive = wasActive };

    private async Task EndAsync(Func<Task> end, TimeSpan grace)
    {
        var ending = await calls.RunAsync(new("disposal", Id, Id), _ => RunAsync(end), grace, CancellationToken.None);
        if (ending.End is CallEnd.Missed) LogDisposeSlow(Id);
        else if (ending.Failure is { } failure) LogDisposeFailed(failure, Id);

        static async Task<bool> RunAsync(Func<Task> end)
        {
            await end();
            return true;
        }
    }

    [LoggerMessage(
        EventId = 735, EventName = "PluginStillRunning", Level = LogLevel.Warning,
        Message = "Plugin {Plugin} stops while {Count} of its invocations still run: they ignore their cancellation.")]
    private partial void LogStillRunning(string plugin, int count);

    [LoggerMessage(
        EventId = 736, EventName = "PluginDisposeSlow", Level = LogLevel.Warning,
        Message = "Plugin {Plugin} takes too long to dispose its objects; the daemon stops waiting.")]
    private partial void LogDisposeSlow(string plugin);

    [LoggerMessage(
        EventId = 737, EventName = "PluginDisposeFailed", Level = LogLevel.Error,
        Message = "Plugin {Plugin} threw while its objects were disposed.")]
    private partial void LogDisposeFailed(Exception? failure, string plugin);
}
