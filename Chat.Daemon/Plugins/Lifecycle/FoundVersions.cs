using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The candidates found for one id.</summary>
/// <param name="Dropped">The first one by folder and name.</param>
/// <param name="Rivals">The other dropped ones.</param>
internal sealed record FoundVersions(PluginCandidate? Dropped, PluginCandidate? Shipped, IReadOnlyList<PluginCandidate> Rivals)
{
    /// <summary>The one that runs unless something speaks against it.</summary>
    public PluginCandidate? Preferred => Dropped ?? Shipped;

    public IEnumerable<PluginCandidate> All => new[] { Dropped, Shipped }.OfType<PluginCandidate>().Concat(Rivals);
}
