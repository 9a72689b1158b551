using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The plugins in the folders, as last inspected. Used by the reconcile loop alone.</summary>
internal sealed class PluginInventory(DropFolderWatcher watcher, PluginInspector inspector, PluginListing listing)
{
    private readonly Dictionary<PluginSource, InspectionResult> found = [];

    public TimeSpan NextScanDelay => watcher.NextScanDelay;

    /// <summary>Hashes of the candidates.</summary>
    public IEnumerable<string> Hashes => found.Values.Select(f => f.Candidate?.Hash).OfType<string>();

    /// <summary>Inspects every plugin; at start-up.</summary>
    public void ScanAll()
    {
        foreach (var change in watcher.ScanAll()) Accept(change);
    }

    /// <summary>Inspects the plugins whose changes have settled.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Scan()
    {
        var changes = watcher.Scan();
        foreach (var change in changes) Accept(change);
        return changes.Count > 0;
    }

    /// <summary>Inspects a plugin at once, without waiting for it to settle.</summary>
    public void Inspect(PluginSource source) => Accept(InspectionOf(source));

    /// <summary>By id, or by file name if the id could not be read.</summary>
    public IReadOnlyList<PluginSource> SourcesOf(string id) => [.. found.Values.Where(f => f.IsOf(id)).Select(f => f.Source)];

    public FoundVersions VersionsOf(string id)
    {
        List<PluginCandidate> candidates =
        [
            .. found.Values.Where(f => f.Candidate is not null && f.IsOf(id)).OrderBy(f => watcher.PrecedenceOf(f.Source))
                .Select(f => f.Candidate!),
        ];
        var dropped = candidates.Where(c => c.Source.Origin is PluginOrigin.Dropped).ToList();
        return new(dropped.FirstOrDefault(), candidates.Find(c => c.Source.Origin is PluginOrigin.Shipped), [.. dropped.Skip(1)]);
    }

    /// <summary>Orders ids. Shipped ones come first.</summary>
    public (int Folder, string Name, string Path) PrecedenceOf(string id) =>
        VersionsOf(id).All.Select(c => watcher.PrecedenceOf(c.Source)).DefaultIfEmpty((int.MaxValue, id, "")).Min();

    /// <summary>
    /// Whether the plugin's files still justify running it: they contain it, another version of it, or nothing that can be read.
    /// </summary>
    public bool IsBacked(PluginCandidate running) => found.TryGetValue(running.Source, out var now)
        && (now.Manifest is null || now.Candidate is null || now.IsOf(running.Manifest.Id));

    /// <summary>Inspects the copy of an earlier version, as if it were where the plugin is now.</summary>
    public InspectionResult InspectKept(string id, KeptVersion kept) =>
        inspector.InspectKept(kept, VersionsOf(id).Preferred?.Source ?? kept.Source);

    private void Accept(SourceChange change)
    {
        if (change.Snapshot is null)
        {
            found.Remove(change.Source);
            listing.Remove(change.Source);
            return;
        }
        var result = InspectionOf(change.Source);
        var isArriving = !change.IsFinal && result.Refusal?.Fault is PluginFault.Incomplete;
        if (isArriving || !change.IsCurrent) watcher.Requeue(change);
        else Accept(result);
    }

    private InspectionResult InspectionOf(PluginSource source)
    {
        if (!found.ContainsKey(source)) listing.Set(source, null, PluginState.Discovered);
        return inspector.Inspect(source);
    }

    private void Accept(InspectionResult result)
    {
        found[result.Source] = result;
        if (result.Candidate is { } candidate)
        {
            listing.Set(result.Source, candidate.Manifest, PluginState.Inspected);
            listing.Slot(candidate.Manifest.Id).Failed.Remove(candidate.Hash); // dropping a failed version again asks for another try
        }
        else
        {
            var refusal = result.Refusal!;
            listing.Refuse(result.Source, result.Manifest, PluginState.Faulted, refusal.Reason, refusal.InnerException);
        }
    }
}
