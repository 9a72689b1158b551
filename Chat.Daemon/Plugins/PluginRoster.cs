using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins;

/// <summary>Makes what runs follow what was found. Used by the supervisor's loop alone.</summary>
/// <param name="placeOf">The order among rivals.</param>
internal sealed partial class PluginRoster(
    PluginInspector inspector, PluginStore store, AllowList allowed, PluginSwap swap, PluginListing listing, Func<PluginSource, (int, string, string)> placeOf, TimeProvider time, ILogger<PluginRoster> log)
{
    /// <summary>Of one id, on their way out; with the one that serves and the one that starts there are three.</summary>
    private const int MostEnding = 2;

    private readonly Dictionary<PluginSource, Inspection> found = [];

    /// <summary>Hashes of the copies that something stands for.</summary>
    public IEnumerable<string> Hashes => found.Values.Select(f => f.Candidate?.Hash).Concat(listing.Slots.SelectMany(s => s.Departures.Select(d => d.Hash).Append(s.Candidate?.Hash))).OfType<string>();

    /// <summary>By the id, or the file's name where that could not be read.</summary>
    public IReadOnlyList<PluginSource> SourcesOf(string id) => [.. found.Values.Where(f => IsOf(f, id)).Select(f => f.Source)];

    /// <summary>Of what would run if nothing else were to be considered.</summary>
    public string? FirstHashOf(string id) => FoundOf(id).First?.Hash;

    public static bool IsBusy(PluginSlot slot) => slot.Ending >= MostEnding;

    public void Gone(PluginSource source)
    {
        found.Remove(source);
        listing.Remove(source);
    }

    /// <summary>Reads what lies there; null where it is not to be taken yet.</summary>
    /// <param name="isStill">Whether it is the same as before it was read.</param>
    public Inspection? Take(PluginSource source, bool isLast, Func<bool> isStill)
    {
        if (!found.ContainsKey(source)) listing.Set(source, null, PluginState.Discovered);
        var inspection = inspector.Inspect(source);
        if (!isStill() || (!isLast && inspection.Refusal?.Fault is Fault.Unfinished)) return null;
        found[source] = inspection;
        if (inspection.Candidate is { } candidate)
        {
            listing.Set(source, candidate.Manifest, PluginState.Inspected);
            listing.Slot(candidate.Manifest.Id).Failed.Remove(candidate.Hash); // who copies it again wants it tried again
        }
        else Refuse(source, inspection.Manifest, PluginState.Faulted, inspection.Refusal!.Message, inspection.Refusal.InnerException);
        return inspection;
    }

    /// <summary>All ids, the shipped ones first; again as long as one gives way to another.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        for (var gaveWay = true; gaveWay;)
        {
            gaveWay = false;
            foreach (var slot in listing.Slots.OrderBy(PlaceOf).ToList()) gaveWay |= await FollowAsync(slot, anew: false, cancellation);
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
                var note = PluginChoice.NoteOf(wanted, store[slot.Id], FoundOf(slot.Id));
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
            ShowWaiting(slot);
        }
    }

    /// <returns>Null where it did not start.</returns>
    private async Task<bool?> StartAsync(PluginSlot slot, PluginCandidate wanted, string? note, CancellationToken cancellation)
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
        catch (PluginRefusedException refused)
        {
            slot.Start(null);
            slot.Failed[wanted.Hash] = (refused.Message, refused.Fault);
            if (refused.Fault is Fault.Broken) store.Set(slot.Id, store[slot.Id].FailedToStart(wanted.Hash, time.GetUtcNow()));
            var last = store[slot.Id].Quarantined == wanted.Hash ? $" {NotAgain}" : "";
            var goesOn = slot.Active is { } active ? $" Version {active.Version} serves on." : "";
            Refused(PluginFailure.Of(refused.InnerException), slot.Id, Printable.Escape(wanted.Source.Path), refused.Message + last + goesOn);
            return null;
        }
    }

    private PluginCandidate? Wanted(PluginSlot slot)
    {
        var (memory, of) = (store[slot.Id], FoundOf(slot.Id));
        if (memory.RolledBack is { } back && back.Over is not null && of.First is null) store.Set(slot.Id, memory = memory with { RolledBack = null });
        var active = slot.Candidate is { } running && IsBacked(running) ? running : null;
        return PluginChoice.Of(memory, of, active, () => Earlier(slot, memory, of)).FirstOrDefault(c => MayRun(slot, memory, c));
    }

    private bool MayRun(PluginSlot slot, PluginMemory memory, PluginCandidate candidate) =>
        (slot.Candidate?.Hash == candidate.Hash || (!slot.Failed.ContainsKey(candidate.Hash) && memory.Quarantined != candidate.Hash)) && allowed.Problem(candidate) is null;

    /// <summary>Its place holds it, another version of it, or nothing that can be read.</summary>
    private bool IsBacked(PluginCandidate running) =>
        found.TryGetValue(running.Source, out var there) && (there.Manifest is null || there.Candidate is null || IsOf(there, running.Manifest.Id));

    private PluginCandidate? Earlier(PluginSlot slot, PluginMemory memory, FoundOfId of)
    {
        if (memory.Versions.FirstOrDefault(v => v.Hash == memory.RolledBack!.To) is not { } kept) return null;
        if (slot.Candidate?.Hash == kept.Hash) return slot.Candidate;
        var source = of.First?.Source ?? new PluginSource(slot.Id, kept.Assembly, null, kept.Shipped ? PluginOrigin.Shipped : PluginOrigin.Dropped);
        var opened = inspector.Reopen(kept, source);
        if (opened.Refusal is { } refused) NotReopened(refused.Message, slot.Id);
        return opened.Candidate;
    }

    private FoundOfId FoundOf(string id)
    {
        var all = found.Values.Where(f => f.Candidate is not null && IsOf(f, id)).OrderBy(f => placeOf(f.Source)).Select(f => f.Candidate!).ToList();
        var dropped = all.Where(c => c.Source.Origin is PluginOrigin.Dropped).ToList();
        return new(dropped.FirstOrDefault(), all.Find(c => c.Source.Origin is PluginOrigin.Shipped), [.. dropped.Skip(1)]);
    }

    private static bool IsOf(Inspection there, string id) => PluginListing.IdOf(there.Source, there.Manifest).Equals(id, StringComparison.OrdinalIgnoreCase);

    private (int, string, string) PlaceOf(PluginSlot slot) => FoundOf(slot.Id).All.Select(c => placeOf(c.Source)).DefaultIfEmpty((int.MaxValue, slot.Id, "")).Min();

    private static bool ForgetConflicts(PluginSlot slot)
    {
        var conflicts = slot.Failed.Where(f => f.Value.Fault is Fault.Conflict).Select(f => f.Key).ToList();
        foreach (var hash in conflicts) slot.Failed.Remove(hash);
        return conflicts.Count > 0;
    }
}
