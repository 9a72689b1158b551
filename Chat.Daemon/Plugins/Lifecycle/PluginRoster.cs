using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Makes what runs follow what was found. Used by the supervisor's loop alone.</summary>
internal sealed partial class PluginRoster(
    PluginFinder finds, PluginStore store, AllowList allowed, PluginSwap swap, PluginListing listing, TimeProvider time, ILogger<PluginRoster> log)
{
    /// <summary>Of one id, on their way out; with the one that serves and the one that starts there are three.</summary>
    private const int MostEnding = 2;

    /// <summary>Hashes of the copies that something stands for.</summary>
    public IEnumerable<string> Hashes => finds.Hashes.Concat(listing.Slots.SelectMany(s => s.PluginUnloading.Select(d => d.Hash).Append(s.Candidate?.Hash)).OfType<string>());

    public static bool IsBusy(PluginSlot slot) => slot.Ending >= MostEnding;

    public void Gone(PluginSource source)
    {
        finds.Remove(source);
        listing.Remove(source);
    }

    /// <summary>Reads what lies there; null where it is not to be taken yet.</summary>
    /// <param name="isStill">Whether it is the same as before it was read.</param>
    public InspectionResult? Take(PluginSource source, bool isLast, Func<bool> isStill)
    {
        if (!finds.Knows(source)) listing.Set(source, null, PluginState.Discovered);
        var inspection = finds.Read(source);
        if (!isStill() || (!isLast && inspection.Refusal?.Fault is Fault.Unfinished)) return null;
        finds.Keep(inspection);
        if (inspection.Candidate is { } candidate)
        {
            listing.Set(source, candidate.Manifest, PluginState.Inspected);
            listing.Slot(candidate.Manifest.Id).Failed.Remove(candidate.Hash); // who copies it again wants it tried again
        }
        else Refuse(source, inspection.Manifest, PluginState.Faulted, inspection.Refusal!.Sentence, inspection.Refusal.InnerException);
        return inspection;
    }

    /// <summary>All ids, the shipped ones first; again as long as one gives way to another.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        for (var gaveWay = true; gaveWay;)
        {
            gaveWay = false;
            foreach (var slot in listing.Slots.OrderBy(s => finds.PlaceOf(s.Id)).ToList()) gaveWay |= await FollowAsync(slot, anew: false, cancellation);
            if (gaveWay) gaveWay = listing.Slots.ToList().FindAll(ForgetConflicts).Count > 0;
        }
    }

    /// <param name="anew">Even if what runs is what should.</param>
    /// <returns>True where names of commands became free.</returns>
    public async Task<bool> FollowAsync(PluginSlot slot, bool anew, CancellationToken cancellation)
    {
        try
        {
            while (Wanted(slot) is { } wanted)
            {
                var note = PluginChoice.NoteOf(wanted, store[slot.Id], finds.Of(slot.Id));
                if (!anew && slot.Active is not null && slot.Candidate!.Hash == wanted.Hash)
                {
                    slot.Note(wanted, note);
                    return false;
                }
                if (IsBusy(slot)) return false; // again when one has ended
                if (await StartAsync(slot, wanted, note, cancellation) is { } gaveWay) return gaveWay;
                anew = false;
            }
            return swap.Remove(slot);
        }
        finally
        {
            ForgetGone(slot);
            ShowWaiting(slot);
        }
    }

    /// <returns>Null where it did not start.</returns>
    private async Task<bool?> StartAsync(PluginSlot slot, PluginCandidate wanted, Sentence? note, CancellationToken cancellation)
    {
        try
        {
            slot.Start(wanted);
            listing.Remove(wanted.Source);
            var before = slot.Candidate?.Hash;
            var gaveWay = await swap.ExchangeAsync(slot, wanted, note, cancellation);
            store.Set(slot.Id, store[slot.Id].Activated(KeptVersion.Of(wanted), before));
            return gaveWay;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var refused = failure as PluginRefusedException ?? new(Sentence.Of(t => t.NotStartedByDaemon(failure.Message)), cause: failure);
            slot.Start(null);
            slot.Failed[wanted.Hash] = FailedStart.Of(refused);
            if (refused.Fault is Fault.Broken) store.Set(slot.Id, store[slot.Id].FailedToStart(wanted.Hash, time.GetUtcNow()));
            var last = store[slot.Id].Quarantined == wanted.Hash ? NotAgain : null;
            var goesOn = slot.Active is { } active ? Sentence.Of(t => t.ServesOn(active.Version)) : null;
            Refused(PluginFailure.Of(refused.InnerException), slot.Id, Printable.Escape(wanted.Source.Path), string.Join(' ', new[] { refused.Sentence, last, goesOn }.OfType<Sentence>()));
            return null;
        }
    }

    private PluginCandidate? Wanted(PluginSlot slot)
    {
        var (memory, of) = (store[slot.Id], finds.Of(slot.Id));
        if (memory.RolledBack is { } back && back.Over is not null && of.First is null) store.Set(slot.Id, memory = memory with { RolledBack = null });
        var active = slot.Candidate is { } running && finds.Backs(running) ? running : null;
        return PluginChoice.Of(memory, of, active, () => Earlier(slot, memory)).FirstOrDefault(c => MayRun(slot, memory, c));
    }

    private bool MayRun(PluginSlot slot, PluginMemory memory, PluginCandidate candidate) =>
        (slot.Candidate?.Hash == candidate.Hash || (!slot.Failed.ContainsKey(candidate.Hash) && memory.Quarantined != candidate.Hash)) && allowed.Problem(candidate) is null;

    private PluginCandidate? Earlier(PluginSlot slot, PluginMemory memory)
    {
        if (memory.Versions.FirstOrDefault(v => v.Hash == memory.RolledBack!.To) is not { } kept) return null;
        if (slot.Candidate?.Hash == kept.Hash) return slot.Candidate;
        var opened = finds.Reopen(slot.Id, kept);
        if (opened.Refusal is { } refused) NotReopened(refused.Message, slot.Id);
        return opened.Candidate;
    }

    /// <summary>What failed for its settings is tried again once they were changed.</summary>
    /// <returns>True where there is such.</returns>
    public bool ForgetMended()
    {
        var mended = listing.Slots.SelectMany(slot => slot.Failed.Where(f => f.Value.IsMended()).Select(f => (slot, hash: f.Key))).ToList();
        foreach (var (slot, hash) in mended) slot.Failed.Remove(hash);
        return mended.Count > 0;
    }

    /// <summary>Why contents failed that nobody can start any more.</summary>
    private void ForgetGone(PluginSlot slot)
    {
        var there = finds.Of(slot.Id).All.Select(c => c.Hash).Concat(store[slot.Id].Versions.Select(v => v.Hash));
        foreach (var hash in slot.Failed.Keys.Except(there).ToList()) slot.Failed.Remove(hash);
    }

    private static bool ForgetConflicts(PluginSlot slot)
    {
        var conflicts = slot.Failed.Where(f => f.Value.Fault is Fault.Conflict).Select(f => f.Key).ToList();
        foreach (var hash in conflicts) slot.Failed.Remove(hash);
        return conflicts.Count > 0;
    }
}
