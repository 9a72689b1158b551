using System.Collections.Concurrent;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins;

/// <summary>How each plugin that was found is doing. Safe from any thread.</summary>
internal sealed class PluginListing
{
    private readonly ConcurrentDictionary<PluginSource, PluginSummary> bySource = new();

    /// <summary>As of now, by id.</summary>
    public IReadOnlyList<PluginSummary> Summaries => [.. bySource.Values.OrderBy(s => s.Id, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.State, StringComparer.Ordinal)];

    /// <param name="manifest">Null where it could not be read: then its file's name stands for its id.</param>
    public void Set(PluginSource source, PluginManifest? manifest, string state, string? note = null) =>
        bySource[source] = new(manifest?.Id ?? Printable.Escape(source.Name), manifest?.Version ?? "", state, note);

    public void Remove(PluginSource source) => bySource.TryRemove(source, out _);
}
