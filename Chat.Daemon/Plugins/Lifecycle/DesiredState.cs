using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// Decides which version of a plugin should run, from what was found, what runs and what is remembered. Used by the reconcile loop alone.
/// </summary>
internal sealed partial class DesiredState(PluginInventory inventory, PluginStore store, AllowList allowList, ILogger<DesiredState> log)
{
    /// <summary>The first candidate that may run; null if none should.</summary>
    public PluginCandidate? VersionOf(PluginSlot slot)
    {
        var (record, found) = (store[slot.Id], inventory.VersionsOf(slot.Id));
        if (record.RolledBack?.Over is not null && found.Preferred is null)
            store.Set(slot.Id, record = record with { RolledBack = null }); // deleting the dropped plugin ends the rollback
        return CandidatesOf(slot, record, found).FirstOrDefault(candidate => MayRun(slot, record, candidate));
    }

    /// <summary>What the operator should know about a version that runs.</summary>
    public LocalizedText? NoteOf(PluginSlot slot, PluginCandidate running)
    {
        var found = inventory.VersionsOf(slot.Id);
        var isDropped = found.Dropped?.Hash == running.Hash;
        var note = store[slot.Id].RolledBack?.To == running.Hash ? LocalizedText.Of(t => t.RolledBack)
            : isDropped && found.Shipped is { } shipped ? LocalizedText.Of(t => t.ReplacesShipped(shipped.Manifest.Version))
            : !isDropped && found.Shipped?.Hash == running.Hash && found.Dropped is { } dropped
                ? LocalizedText.Of(t => t.DroppedDidNotStart(dropped.Manifest.Version))
            : null;
        return LocalizedText.Join([note, running.Remark]);
    }

    /// <summary>Why a candidate does not run; null if it does, or if nothing speaks against it.</summary>
    public (PluginState State, LocalizedText? Reason)? ObstacleOf(PluginSlot slot, PluginCandidate candidate)
    {
        var (record, found) = (store[slot.Id], inventory.VersionsOf(slot.Id));
        if (record.Disabled) return (PluginState.Disabled, null);
        var failed = slot.Failed.GetValueOrDefault(candidate.Hash);
        if (record.Quarantined == candidate.Hash)
            return (PluginState.Quarantined, LocalizedText.Join([failed?.Reason, QuarantineOf(record)]));
        if (failed is not null) return (PluginState.Faulted, failed.Reason);
        if (allowList.ProblemOf(candidate) is { } problem) return (PluginState.Faulted, problem);
        if (found.Rivals.Contains(candidate))
            return (PluginState.Faulted, LocalizedText.Of(t => t.SameId(slot.Id, found.Dropped!.Source.Path)));
        var isNext = slot.Candidate?.Hash != candidate.Hash && found.Preferred == candidate;
        return isNext && slot.IsBusy ? (PluginState.Inspected, LocalizedText.Of(t => t.Waiting)) : null;
    }

    private static LocalizedText QuarantineOf(PluginRecord record) =>
        record.KilledProcess ? LocalizedText.Of(t => t.KilledProcess) : LocalizedText.Of(t => t.Quarantined);

    /// <summary>
    /// The best one first. A rollback holds until something else is dropped. The dropped version then wins, but if it does not start, the
    /// version that was rolled back to still runs. The active version is a candidate too, so that a bad new version does not end it.
    /// </summary>
    private IEnumerable<PluginCandidate> CandidatesOf(PluginSlot slot, PluginRecord record, FoundVersions found)
    {
        if (record.Disabled) return [];
        var earlier = record.RolledBack is { } rollback ? EarlierVersion(slot, record, rollback) : null;
        var holds = record.RolledBack is { } held && held.Over == found.Preferred?.Hash;
        var isFallback = !holds && found.Preferred is not null;
        var active = slot.Candidate is { } running && inventory.IsBacked(running) ? running : null;
        PluginCandidate?[] candidates = [holds ? earlier : null, found.Dropped, isFallback ? earlier : null, active, found.Shipped];
        return candidates.OfType<PluginCandidate>();
    }

    private bool MayRun(PluginSlot slot, PluginRecord record, PluginCandidate candidate)
    {
        var isActive = slot.Candidate?.Hash == candidate.Hash;
        var hasFailed = slot.Failed.ContainsKey(candidate.Hash) || record.Quarantined == candidate.Hash;
        return (isActive || !hasFailed) && allowList.ProblemOf(candidate) is null;
    }

    private PluginCandidate? EarlierVersion(PluginSlot slot, PluginRecord record, Rollback rollback)
    {
        if (record.Versions.FirstOrDefault(v => v.Hash == rollback.To) is not { } kept) return null;
        if (slot.Candidate?.Hash == kept.Hash) return slot.Candidate;
        var inspected = inventory.InspectKept(slot.Id, kept);
        if (inspected.Refusal is { } refusal) LogRollbackFailed(slot.Id, refusal.Message);
        return inspected.Candidate;
    }

    [LoggerMessage(
        EventId = 774, EventName = "PluginRollbackFailed", Level = LogLevel.Error, Message = "Cannot roll back plugin {Plugin}. {Reason}")]
    private partial void LogRollbackFailed(string plugin, string reason);
}
