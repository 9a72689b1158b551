using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>What was found of one id.</summary>
/// <param name="Dropped">The first by its place.</param>
/// <param name="Rivals">The other dropped ones.</param>
internal sealed record FoundOfId(PluginCandidate? Dropped, PluginCandidate? Shipped, IReadOnlyList<PluginCandidate> Rivals)
{
    /// <summary>What would run if nothing else were to be considered.</summary>
    public PluginCandidate? First => Dropped ?? Shipped;

    public IEnumerable<PluginCandidate> All => new[] { Dropped, Shipped }.OfType<PluginCandidate>().Concat(Rivals);
}

/// <summary>What may run of one id, the best first. Whether it is allowed, and starts, is another matter.</summary>
internal static class PluginChoice
{
    /// <param name="active">What runs; a bad version in its place leaves it alone. Null: nothing, or its place is empty.</param>
    /// <param name="earlier">The copy that an admin rolled back to.</param>
    public static IEnumerable<PluginCandidate> Of(PluginMemory memory, FoundOfId found, PluginCandidate? active, Func<PluginCandidate?> earlier)
    {
        if (memory.Disabled) return [];
        var isRolledBack = memory.RolledBack is not null;
        var holds = isRolledBack && memory.RolledBack!.Over == found.First?.Hash;
        // What replaces a version that was rolled back to must first show that it starts.
        var stays = isRolledBack && !holds && found.First is not null;
        return new[] { holds ? earlier() : null, found.Dropped, stays ? earlier() : null, active, found.Shipped }.OfType<PluginCandidate>();
    }

    /// <summary>What the operator should know of what runs.</summary>
    public static Sentence? NoteOf(PluginCandidate active, PluginMemory memory, FoundOfId found)
    {
        var note = memory.RolledBack?.To == active.Hash ? Sentence.Of(t => t.RolledBack)
            : found.Dropped?.Hash == active.Hash ? found.Shipped is { } shipped ? Sentence.Of(t => t.InPlaceOfShipped(shipped.Manifest.Version)) : null
            : found.Shipped?.Hash == active.Hash && found.Dropped is { } dropped ? Sentence.Of(t => t.DroppedDidNotStart(dropped.Manifest.Version))
            : null;
        return note is not null && active.Remark is { } remark ? note + remark : note ?? active.Remark;
    }
}
