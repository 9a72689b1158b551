using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>One load of a plugin, from its start to its stop. Safe from any thread.</summary>
internal sealed partial class PluginGeneration(PluginCandidate candidate, PluginOwner owner, PluginBody body, GuardedCalls calls, ILogger log)
{
    private readonly string id = candidate.Manifest.Id;
    private PluginBody? body = body;

    public string Id => id;

    /// <summary>The generation as its callers see it.</summary>
    public PluginOwner Owner => owner;

    public string Version { get; } = candidate.Manifest.Version;

    public GenerationTally Tally => owner.Tally;

    /// <summary>Empty once it has stopped.</summary>
    public IReadOnlyList<CatalogueEntry> Commands => body?.Commands ?? [];

    /// <summary>Empty once it has stopped.</summary>
    public HookSet Hooks => body?.Hooks ?? new(owner, [], []);

    /// <summary>Whether it has state for the next one.</summary>
    public bool HandsOn => body?.Belongings.Handovers.Count > 0;

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
        if (await owner.DrainAsync(patience, grace, hurry) is > 0 and var held) StillRunning(id, held);
    }

    /// <summary>Gives its state to the one that serves instead; between its drain and its end.</summary>
    public async Task HandOverAsync(PluginHandover handover, PluginGeneration successor)
    {
        using var lease = successor.Owner.TryLease(); // null where the successor stops too: then it waits for this one
        if (body is { } mine && successor.body is { } theirs) await handover.PassAsync(id, mine, theirs);
    }

    /// <summary>Ends what it has, disposes of what it made, and lets go of its code.</summary>
    public async Task TakeDownAsync(TimeSpan grace)
    {
        await EndAsync(body!.Belongings.EndAsync, grace);
        var container = body!.Container;
        await EndAsync(() => container.DisposeAsync().AsTask(), grace);
        body!.Assembly.Dispose();
        owner.ReleaseContainer();
        body = null; // a reference to this object no longer keeps the plugin loaded
    }

    /// <summary>To be taken before the stop.</summary>
    public PluginUnload Depart(bool hasServed) => new(id, Version, candidate.Hash, owner.Tally, body!.Assembly.Traces()) { HasServed = hasServed };

    private async Task EndAsync(Func<Task> end, TimeSpan grace)
    {
        var ending = await calls.RunAsync(new("disposal", id, id), _ => RunAsync(end), grace, CancellationToken.None);
        if (ending.End is CallEnd.Missed) DisposesSlowly(id);
        else if (ending.Failure is { } failure) DisposedBadly(failure, id);

        static async Task<bool> RunAsync(Func<Task> end)
        {
            await end();
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} stops while {Count} of its invocations still run, which ignore their cancellation.")]
    private partial void StillRunning(string plugin, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} takes too long to dispose of what it made; the daemon goes on without waiting.")]
    private partial void DisposesSlowly(string plugin);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} threw while what it made was disposed of.")]
    private partial void DisposedBadly(Exception? failure, string plugin);
}
