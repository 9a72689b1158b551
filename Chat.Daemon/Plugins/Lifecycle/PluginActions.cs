using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Carries out admins' actions. Used by the reconcile loop alone.</summary>
internal sealed class PluginActions(PluginInventory inventory, PluginReconciler reconciler, PluginStore store, PluginListing listing)
{
    /// <param name="language">Of the texts in the result.</param>
    public async Task<PluginActionResult> ApplyAsync(PluginAction action, string id, string language, CancellationToken cancellation)
    {
        var sources = inventory.SourcesOf(id);
        if (listing.Find(id) is not { } slot)
        {
            if (sources.Count == 0) return new(PluginRefusal.NoSuchPlugin);
            slot = listing.Slot(id);
        }
        var result = action switch
        {
            PluginAction.Disable => await DisableAsync(slot, cancellation),
            PluginAction.Enable => await EnableAsync(slot, sources, language, cancellation),
            PluginAction.Reload => await ReloadAsync(slot, sources, language, cancellation),
            _ => await RollBackAsync(slot, language, cancellation),
        };
        return result with { Plugin = listing.SummaryOf(slot.Id, language) };
    }

    private async Task<PluginActionResult> DisableAsync(PluginSlot slot, CancellationToken cancellation)
    {
        store.Set(slot.Id, store[slot.Id] with { Disabled = true });
        await reconciler.ReconcileAllAsync(cancellation);
        return new(null);
    }

    private async Task<PluginActionResult> EnableAsync(
        PluginSlot slot, IReadOnlyList<PluginSource> sources, string language, CancellationToken cancellation)
    {
        store.Set(slot.Id, store[slot.Id].Enabled());
        return await StartAsync(slot, sources, restart: false, language, cancellation);
    }

    private async Task<PluginActionResult> ReloadAsync(
        PluginSlot slot, IReadOnlyList<PluginSource> sources, string language, CancellationToken cancellation)
    {
        if (ObstacleOf(slot) is { } code) return new(code);
        var isQuarantined = store[slot.Id].Quarantined is { } hash && inventory.VersionsOf(slot.Id).Preferred?.Hash == hash;
        return isQuarantined ? new(PluginRefusal.Quarantined) : await StartAsync(slot, sources, restart: true, language, cancellation);
    }

    private async Task<PluginActionResult> RollBackAsync(PluginSlot slot, string language, CancellationToken cancellation)
    {
        if (ObstacleOf(slot) is { } code) return new(code);
        var record = store[slot.Id];
        if (slot.Candidate is not { } running || record.Before(running.Hash) is not { } earlier)
            return new(PluginRefusal.NoEarlierVersion);
        store.Set(slot.Id, record with { RolledBack = new(earlier.Hash, inventory.VersionsOf(slot.Id).Preferred?.Hash) });
        slot.Failed.Remove(earlier.Hash);
        await reconciler.ReconcileAllAsync(cancellation);
        if (slot.Candidate?.Hash == earlier.Hash) return new(null);
        store.Set(slot.Id, record);
        return new(PluginRefusal.Failed, Reason: slot.Failed.GetValueOrDefault(earlier.Hash)?.Reason.In(language));
    }

    private async Task<PluginActionResult> StartAsync(
        PluginSlot slot, IReadOnlyList<PluginSource> sources, bool restart, string language, CancellationToken cancellation)
    {
        slot.Failed.Clear();
        foreach (var source in sources) inventory.Inspect(source);
        await reconciler.ReconcileAsync(slot, restart, cancellation);
        await reconciler.ReconcileAllAsync(cancellation);
        if (slot.Failed.Values.FirstOrDefault()?.Reason is { } reason) return new(PluginRefusal.Failed, Reason: reason.In(language));
        // A busy plugin starts on its own once a generation has ended. Its summary says so.
        if (slot.Active is not null || slot.IsBusy) return new(null);
        return new(PluginRefusal.Failed, Reason: listing.SummaryOf(slot.Id, language)?.Note);
    }

    private string? ObstacleOf(PluginSlot slot) =>
        store[slot.Id].Disabled ? PluginRefusal.Disabled : slot.IsBusy ? PluginRefusal.Busy : null;
}
