using Chat.Daemon.Commands;
using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Carries out what an admin asks for, and tells of it in that admin's language. Used by the supervisor's loop alone.</summary>
internal sealed class PluginOrders(PluginFinder finds, PluginRoster roster, PluginStore store, PluginListing listing, string language)
{
    public async Task<PluginOrderOutcome> ObeyAsync(PluginOrder order, string id, CancellationToken cancellation)
    {
        var sources = finds.SourcesOf(id);
        if (listing.Find(id) is not { } slot)
        {
            if (sources.Count == 0) return new(PluginRefusal.NoSuchPlugin);
            slot = listing.Slot(id);
        }
        var outcome = order switch
        {
            PluginOrder.Disable => await DisableAsync(slot, cancellation),
            PluginOrder.Enable => await EnableAsync(slot, sources, cancellation),
            PluginOrder.Reload => await ReloadAsync(slot, sources, cancellation),
            _ => await RollbackAsync(slot, cancellation),
        };
        return outcome with { Plugin = RowOf(slot) };
    }

    private async Task<PluginOrderOutcome> DisableAsync(PluginSlot slot, CancellationToken cancellation)
    {
        store.Set(slot.Id, store[slot.Id] with { Disabled = true });
        await roster.FollowAsync(cancellation);
        return new(null);
    }

    private async Task<PluginOrderOutcome> EnableAsync(PluginSlot slot, IReadOnlyList<PluginSource> sources, CancellationToken cancellation)
    {
        store.Set(slot.Id, store[slot.Id] with { Disabled = false, Quarantined = null, Failed = null });
        return await StartAsync(slot, sources, anew: false, cancellation);
    }

    private async Task<PluginOrderOutcome> ReloadAsync(PluginSlot slot, IReadOnlyList<PluginSource> sources, CancellationToken cancellation)
    {
        if (Obstacle(slot) is { } code) return new(code);
        if (store[slot.Id].Quarantined is { } hash && finds.Of(slot.Id).First?.Hash == hash) return new(PluginRefusal.Quarantined);
        return await StartAsync(slot, sources, anew: true, cancellation);
    }

    private async Task<PluginOrderOutcome> RollbackAsync(PluginSlot slot, CancellationToken cancellation)
    {
        if (Obstacle(slot) is { } code) return new(code);
        var memory = store[slot.Id];
        if (slot.Candidate is not { } running || memory.Before(running.Hash) is not { } earlier) return new(PluginRefusal.NoEarlierVersion);
        store.Set(slot.Id, memory with { RolledBack = new(earlier.Hash, finds.Of(slot.Id).First?.Hash) });
        slot.Failed.Remove(earlier.Hash);
        await roster.FollowAsync(cancellation);
        if (slot.Candidate?.Hash == earlier.Hash) return new(null);
        store.Set(slot.Id, memory);
        return new(PluginRefusal.Failed, Reason: slot.Failed.GetValueOrDefault(earlier.Hash)?.Reason.In(language));
    }

    private async Task<PluginOrderOutcome> StartAsync(PluginSlot slot, IReadOnlyList<PluginSource> sources, bool anew, CancellationToken cancellation)
    {
        slot.Failed.Clear();
        foreach (var source in sources) roster.Take(source, isLast: true, isStill: () => true);
        await roster.FollowAsync(slot, anew, cancellation);
        await roster.FollowAsync(cancellation);
        if (slot.Failed.Values.FirstOrDefault()?.Reason is { } reason) return new(PluginRefusal.Failed, Reason: reason.In(language));
        if (slot.Active is null && PluginRoster.IsBusy(slot)) return new(null); // it starts by itself as soon as one has ended, which its row says
        return slot.Active is null ? new(PluginRefusal.Failed, Reason: RowOf(slot)?.Note) : new(null);
    }

    private PluginSummary? RowOf(PluginSlot slot) => listing.Rows.FirstOrDefault(row => row.Summary.Id.Equals(slot.Id, StringComparison.OrdinalIgnoreCase))?.In(language);

    private string? Obstacle(PluginSlot slot) =>
        store[slot.Id].Disabled ? PluginRefusal.Disabled : PluginRoster.IsBusy(slot) ? PluginRefusal.Busy : null;
}
