namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// Keeps the plugins as the drop folders and the admins want them. The rest of the daemon uses only this. Safe from any thread.
/// </summary>
internal sealed class PluginSupervisor(
    ReconcileLoop loop, PluginActions actions, PluginListing listing, CataloguePublisher publisher, PluginUnloader unloader)
    : IAsyncDisposable
{
    /// <summary>When the daemon stops. By then the sessions have ended and cancelled their invocations.</summary>
    private static readonly TimeSpan LastDrain = TimeSpan.FromMilliseconds(250), LastGrace = TimeSpan.FromSeconds(1);

    private bool isDisposed;

    /// <summary>Number of generations by state. Collected ones count since the start.</summary>
    public IEnumerable<KeyValuePair<string, long>> Generations => listing.Generations;

    /// <summary>All plugins by id, including those that do not run.</summary>
    public IReadOnlyList<PluginSummary> PluginsIn(string language) => listing.In(language);

    /// <summary>The latest changes of versions, newest first.</summary>
    public IReadOnlyList<PluginSwapSummary> SwapsIn(string language) => listing.SwapsIn(language);

    /// <summary>Starts every plugin in the folders, then keeps watching. Called once.</summary>
    public Task StartAsync(CancellationToken cancellation) => loop.StartAsync(cancellation);

    /// <summary>Applies changed settings and permissions.</summary>
    public void Refresh()
    {
        publisher.Refresh();
        loop.RequestReconcile();
    }

    /// <summary>
    /// Completes when the change is in effect; the version before may still drain. Throws only on cancellation, which does not undo an
    /// action that has begun.
    /// </summary>
    /// <param name="language">Of the texts in the result.</param>
    public Task<PluginActionResult> ApplyAsync(PluginAction action, string id, string language, CancellationToken cancellation) =>
        loop.RunAsync(stopping => actions.ApplyAsync(action, id, language, stopping)).WaitAsync(cancellation);

    /// <summary>Scans the folders now. Completes when the changes that have settled are in effect.</summary>
    public Task ScanAsync() => loop.ScanAsync();

    /// <summary>Removes the plugins' commands and stops every plugin.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true)) return;
        await loop.StopAsync();
        var active = listing.Slots.Select(slot => slot.Active).OfType<PluginGeneration>().ToList();
        foreach (var slot in listing.Slots) slot.Deactivate();
        publisher.Remove(active);
        var stops = active.Select(generation => generation.StopAsync(LastDrain, LastGrace));
        await Task.WhenAll(stops.Append(unloader.FinishAsync(LastDrain + LastGrace)));
    }
}
