namespace Chat.Daemon.Plugins.Discovery;

/// <summary>A change of a plugin's files that has settled.</summary>
/// <param name="Snapshot">The files now; null if they are gone.</param>
/// <param name="IsFinal">Accept it even if it looks incomplete: the time for the rest to arrive is over.</param>
internal sealed record SourceChange(PluginSource Source, string? Snapshot, bool IsFinal)
{
    /// <summary>Whether the files still look as they did when the change was found.</summary>
    public bool IsCurrent => Source.Snapshot() == Snapshot;
}
