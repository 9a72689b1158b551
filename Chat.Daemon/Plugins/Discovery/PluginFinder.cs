using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>What lies in the plugins' places, as it was last read. Used by the supervisor's loop alone.</summary>
/// <param name="placeOf">The order among rivals.</param>
internal sealed class PluginFinder(PluginInspector inspector, Func<PluginSource, (int, string, string)> placeOf)
{
    private readonly Dictionary<PluginSource, InspectionResult> found = [];

    /// <summary>Of what may run.</summary>
    public IEnumerable<string> Hashes => found.Values.Select(f => f.Candidate?.Hash).OfType<string>();

    public bool Knows(PluginSource source) => found.ContainsKey(source);

    public InspectionResult Read(PluginSource source) => inspector.Inspect(source);

    public void Keep(InspectionResult inspection) => found[inspection.Source] = inspection;

    public void Remove(PluginSource source) => found.Remove(source);

    /// <summary>By the id, or the file's name where that could not be read.</summary>
    public IReadOnlyList<PluginSource> SourcesOf(string id) => [.. found.Values.Where(f => IsOf(f, id)).Select(f => f.Source)];

    public FoundOfId Of(string id)
    {
        var all = found.Values.Where(f => f.Candidate is not null && IsOf(f, id)).OrderBy(f => placeOf(f.Source)).Select(f => f.Candidate!).ToList();
        var dropped = all.Where(c => c.Source.Origin is PluginOrigin.Dropped).ToList();
        return new(dropped.FirstOrDefault(), all.Find(c => c.Source.Origin is PluginOrigin.Shipped), [.. dropped.Skip(1)]);
    }

    /// <summary>Shipped ids first.</summary>
    public (int, string, string) PlaceOf(string id) => Of(id).All.Select(c => placeOf(c.Source)).DefaultIfEmpty((int.MaxValue, id, "")).Min();

    /// <summary>Its place holds it, another version of it, or nothing that can be read.</summary>
    public bool Backs(PluginCandidate running) =>
        found.TryGetValue(running.Source, out var there) && (there.Manifest is null || there.Candidate is null || IsOf(there, running.Manifest.Id));

    /// <summary>A copy of an earlier version; it stands where that plugin stands now.</summary>
    public InspectionResult Reopen(string id, KeptVersion kept) =>
        inspector.Reopen(kept, Of(id).First?.Source ?? kept.Source);

    private static bool IsOf(InspectionResult there, string id) => PluginListing.IdOf(there.Source, there.Manifest).Equals(id, StringComparison.OrdinalIgnoreCase);
}
