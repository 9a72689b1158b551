using System.Collections.Concurrent;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Keeps the plugins as the drop folders and the admins want them: one loop, which looks, and makes one change at a time. What is wrong with a plugin is one line of the log; the daemon and the others go on.</summary>
internal sealed partial class PluginSupervisor : IPluginInventory, IAsyncDisposable
{
    /// <summary>At the daemon's end: the sessions have ended by then, and cancelled what they had begun.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromMilliseconds(250), LastGrace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> orders = new();
    private readonly PluginListing listing = new();
    private readonly CataloguePublisher catalogue;
    private readonly AsyncSignal bell;
    private readonly DropFolderWatcher watch;
    private readonly FolderHints hints;
    private readonly PluginStage stage;
    private readonly PluginStore store;
    private readonly PluginUnloading departures;
    private readonly PluginFinder finds;
    private readonly PluginRoster roster;
    private readonly ILogger log;
    private Task running = Task.CompletedTask;
    private volatile bool isStale;

    public PluginSupervisor(
        PluginPlaces places, PluginTimes times, PluginStarter starter, CataloguePublisher catalogue, AllowList allowed, TimeProvider time, ILoggerFactory logs)
    {
        (this.catalogue, log, bell, stage) = (catalogue, logs.CreateLogger<PluginSupervisor>(), new(time), new(places.Staged));
        watch = new(places, times, time, (folder, problem) => FolderRefused(Printable.Escape(folder), problem));
        hints = new(watch.Folders, bell.Ring, time, logs.CreateLogger<FolderHints>());
        store = new(Path.Combine(places.Staged, "plugins.json"), logs.CreateLogger<PluginStore>());
        departures = new(times, new(new GuardedCalls(time, logs.CreateLogger<GuardedCalls>()), logs.CreateLogger<PluginHandover>()), time, Compare, logs.CreateLogger<PluginUnloading>());
        var swap = new PluginSwap(starter, catalogue, departures, logs.CreateLogger<PluginSwap>());
        finds = new(new(stage), watch.PlaceOf);
        roster = new(finds, store, allowed, swap, listing, time, logs.CreateLogger<PluginRoster>());
    }

    /// <summary>Also those that do not run, by id.</summary>
    public IReadOnlyList<PluginSummary> PluginsIn(string language) => [.. listing.Rows.Select(row => row.In(language))];

    /// <summary>Generations by the word of their state; collected ones since the start.</summary>
    public IEnumerable<KeyValuePair<string, long>> Generations => listing.Generations;

    /// <summary>Runs everything that lies in the plugins' places now, then keeps watching; called once.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        store.Load();
        hints.Renew();
        foreach (var change in watch.Begin()) Take(change);
        await FollowAsync(cancellation);
        using var clean = ExecutionContext.SuppressFlow();
        running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Puts changed settings into force.</summary>
    public void Refresh()
    {
        catalogue.Refresh();
        Compare();
    }

    public Task<PluginOrderOutcome> OrderAsync(PluginOrder order, string id, string language, CancellationToken cancellation) =>
        EnqueueAsync(stopping => new PluginOrders(finds, roster, store, listing, language).ObeyAsync(order, id, stopping)).WaitAsync(cancellation);

    /// <summary>Completes when what has settled by now is in force.</summary>
    public Task LookAsync() => EnqueueAsync(async stopping =>
    {
        await LookAsync(stopping);
        return true;
    });

    /// <summary>Takes the plugins' commands away and stops all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await running;
        hints.Dispose();
        var active = listing.Slots.Select(s => s.Active).OfType<PluginGeneration>().ToList();
        foreach (var slot in listing.Slots) slot.Serve(null, null, null);
        catalogue.Remove(active);
        await Task.WhenAll(active.Select(generation => generation.StopAsync(LastPatience, LastGrace)).Append(departures.HurryAsync(LastPatience + LastGrace)));
        departures.Dispose();
    }

    /// <summary>Something is different now: what runs may have to follow.</summary>
    private void Compare()
    {
        isStale = true;
        bell.Ring();
    }

    private async Task<T> EnqueueAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ended = stop.Token.Register(() => done.TrySetCanceled(stop.Token));
        orders.Enqueue(async stopping =>
        {
            try
            {
                done.TrySetResult(await work(stopping));
            }
            catch (Exception failure)
            {
                done.TrySetException(failure);
                throw;
            }
        });
        bell.Ring();
        return await done.Task;
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                while (orders.TryDequeue(out var order)) await order(stop.Token);
                await LookAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) // an order's, which has been told of it
            {
                LookFailed(failure);
                isStale = true; // it may have stopped half-way
            }
            await bell.WaitAsync(watch.Pause, stop.Token);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        hints.Renew();
        var changes = watch.Look();
        foreach (var change in changes) Take(change);
        if (roster.ForgetMended() || changes.Count > 0 || isStale) await FollowAsync(cancellation);
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        isStale = false;
        try
        {
            await roster.FollowAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LookFailed(failure);
            isStale = true; // with the next look
        }
        Prune();
    }

    private void Take(SourceChange change)
    {
        if (change.Sample is null) roster.Gone(change.Source);
        else if (roster.Take(change.Source, change.IsLast, () => SourceSample.Of(change.Source) == change.Sample) is null)
            watch.GiveBack(change, patiently: SourceSample.Of(change.Source) == change.Sample);
    }

    private void Prune()
    {
        try
        {
            stage.Prune(roster.Hashes.Concat(store.Hashes).ToHashSet());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotPruned(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Folder of plugins {Path} is not used. {Reason}")]
    private partial void FolderRefused(string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old copies of plugins can't be deleted.")]
    private partial void NotPruned(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugins could not be looked after; that is tried again.")]
    private partial void LookFailed(Exception failure);
}
