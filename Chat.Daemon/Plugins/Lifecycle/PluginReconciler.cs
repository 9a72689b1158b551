using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Makes the running plugins match the desired state. Used by the reconcile loop alone.</summary>
internal sealed class PluginReconciler(
    PluginInventory inventory, DesiredState desiredState, PluginStore store, PluginSwap swap, PluginListing listing)
{
    /// <summary>Every id, shipped ones first. Starts over while one plugin frees a command's name that another waits for.</summary>
    public async Task ReconcileAllAsync(CancellationToken cancellation)
    {
        for (var isRepeated = true; isRepeated;)
        {
            var freedNames = false;
            foreach (var slot in listing.Slots.OrderBy(s => inventory.PrecedenceOf(s.Id)).ToList())
                freedNames |= await ReconcileAsync(slot, restart: false, cancellation);
            isRepeated = freedNames && listing.Slots.ToList().FindAll(ForgetConflicts).Count > 0;
        }
    }

    /// <param name="restart">Start a new generation even if the right version runs.</param>
    /// <returns>Whether names of commands became free.</returns>
    public async Task<bool> ReconcileAsync(PluginSlot slot, bool restart, CancellationToken cancellation)
    {
        try
        {
            while (desiredState.VersionOf(slot) is { } desired)
            {
                var note = desiredState.NoteOf(slot, desired);
                if (!restart && slot.Active is not null && slot.Candidate!.Hash == desired.Hash)
                {
                    slot.Update(desired, note);
                    return false;
                }
                if (slot.IsBusy) return false; // reconciled again when a generation has ended
                if (await TryStartAsync(slot, desired, note, cancellation) is { } freedNames) return freedNames;
                restart = false;
            }
            return swap.Remove(slot);
        }
        finally
        {
            ForgetMissing(slot);
            ListOthers(slot);
        }
    }

    /// <summary>Forgets failures that were due to settings which have changed since.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ForgetMended()
    {
        var mended = listing.Slots.SelectMany(slot => slot.Failed.Where(f => f.Value.IsMended()).Select(f => (slot, hash: f.Key))).ToList();
        foreach (var (slot, hash) in mended) slot.Failed.Remove(hash);
        return mended.Count > 0;
    }

    /// <returns>Whether names of commands became free; null if it did not start.</returns>
    private async Task<bool?> TryStartAsync(PluginSlot slot, PluginCandidate desired, LocalizedText? note, CancellationToken cancellation)
    {
        try
        {
            slot.Starting(desired);
            listing.Remove(desired.Source);
            var before = slot.Candidate?.Hash;
            var freedNames = await swap.ReplaceAsync(slot, desired, note, cancellation);
            store.Set(slot.Id, store[slot.Id].Activated(KeptVersion.Of(desired), before));
            return freedNames;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var refused = failure as PluginRefusedException
                ?? new(LocalizedText.Of(t => t.DaemonFailed(failure.Message)), cause: failure);
            slot.Starting(null);
            slot.Failed[desired.Hash] = FailedStart.Of(refused);
            if (refused.Fault is PluginFault.Broken) store.RecordFailedStart(slot.Id, desired.Hash);
            listing.LogFailedStart(slot, desired.Source, refused, store[slot.Id].Quarantined == desired.Hash);
            return null;
        }
    }

    /// <summary>Lists the candidates that do not run, and why.</summary>
    private void ListOthers(PluginSlot slot)
    {
        foreach (var candidate in inventory.VersionsOf(slot.Id).All)
        {
            var (source, manifest) = (candidate.Source, candidate.Manifest);
            if (desiredState.ObstacleOf(slot, candidate) is not var (state, reason))
            {
                listing.Remove(source);
                continue;
            }
            var isLogged = state is PluginState.Disabled || slot.Failed.ContainsKey(candidate.Hash); // when it happened
            if (isLogged) listing.Set(source, manifest, state, reason);
            else listing.Refuse(source, manifest, state, reason!);
        }
    }

    /// <summary>Forgets failures of versions that no longer exist.</summary>
    private void ForgetMissing(PluginSlot slot)
    {
        var existing = inventory.VersionsOf(slot.Id).All.Select(c => c.Hash).Concat(store[slot.Id].Versions.Select(v => v.Hash));
        foreach (var hash in slot.Failed.Keys.Except(existing).ToList()) slot.Failed.Remove(hash);
    }

    private static bool ForgetConflicts(PluginSlot slot)
    {
        var conflicts = slot.Failed.Where(f => f.Value.Fault is PluginFault.Conflict).Select(f => f.Key).ToList();
        foreach (var hash in conflicts) slot.Failed.Remove(hash);
        return conflicts.Count > 0;
    }
}
