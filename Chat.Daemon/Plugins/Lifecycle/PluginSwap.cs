using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Starts a generation beside the active one, exchanges their commands and hooks in one step, then unloads the old one.</summary>
internal sealed class PluginSwap(
    PluginStarter starter, StartMarks marks, CataloguePublisher publisher, PluginUnloader unloader, SwapReports reports)
{
    /// <summary>The old generation stays active until this returns, and keeps running if it throws.</summary>
    /// <returns>Whether names of commands became free.</returns>
    /// <exception cref="PluginRefusedException">It did not start, or another plugin has one of its names.</exception>
    public async Task<bool> ReplaceAsync(PluginSlot slot, PluginCandidate candidate, LocalizedText? note, CancellationToken cancellation)
    {
        var (begun, before) = (reports.Begin(), slot.Active?.Version);
        try
        {
            var difference = await ReplaceMarkedAsync(slot, candidate, note, cancellation);
            reports.Replaced(slot.Id, candidate, before, difference, note, begun);
            return difference.RemovedCommands.Count > 0;
        }
        catch (PluginRefusedException refused)
        {
            reports.Refused(slot.Id, candidate, before, refused.Reason, begun);
            throw;
        }
    }

    private async Task<PluginDifference> ReplaceMarkedAsync(
        PluginSlot slot, PluginCandidate candidate, LocalizedText? note, CancellationToken cancellation)
    {
        if (publisher.ConflictOf(candidate.Manifest, slot.Active) is { } conflict) // before any of its code runs
            throw new PluginRefusedException(conflict, PluginFault.Conflict);
        // The shipped plugins are as trusted as the daemon; without them, nobody could end a quarantine.
        if (candidate.Source.Origin is PluginOrigin.Shipped) return await ExchangeAsync(slot, candidate, note, cancellation);
        marks.Begin(slot.Id, candidate.Hash);
        try
        {
            var difference = await ExchangeAsync(slot, candidate, note, cancellation);
            marks.Started(slot.Id);
            return difference;
        }
        catch (Exception)
        {
            marks.Forget(slot.Id);
            throw;
        }
    }

    private async Task<PluginDifference> ExchangeAsync(
        PluginSlot slot, PluginCandidate candidate, LocalizedText? note, CancellationToken cancellation)
    {
        var (before, manifestBefore) = (slot.Active, slot.Candidate?.Manifest);
        var generation = await StartAsync(slot, candidate, cancellation);
        var difference = PluginDifference.Of(before, manifestBefore, generation, candidate.Manifest); // may throw, so before the swap
        try
        {
            if (publisher.ProblemOf(before, generation) is { } problem) throw new PluginRefusedException(problem, PluginFault.Conflict);
            await starter.StartServicesAsync(generation, cancellation);
            if (publisher.Replace(before, generation) is { } late) throw new PluginRefusedException(late, PluginFault.Conflict);
        }
        catch (Exception)
        {
            unloader.Unload(slot, generation, successor: null, wasActive: false);
            throw;
        }
        slot.Activate(generation, candidate, note);
        generation.RunJobs();
        if (before is not null) unloader.Unload(slot, before, generation);
        return difference;
    }

    /// <returns>Whether a generation was active.</returns>
    public bool Remove(PluginSlot slot)
    {
        if (slot.Active is not { } active) return false;
        publisher.Remove([active]);
        slot.Deactivate();
        reports.Removed(slot.Id, active.Version);
        unloader.Unload(slot, active, successor: null);
        return true;
    }

    private async Task<PluginGeneration> StartAsync(PluginSlot slot, PluginCandidate candidate, CancellationToken cancellation)
    {
        try
        {
            return await starter.StartAsync(candidate, cancellation);
        }
        catch (PluginRefusedException refused) when (refused.LeakTrace is not null)
        {
            unloader.Watch(slot, candidate, refused.LeakTrace);
            throw;
        }
    }
}
