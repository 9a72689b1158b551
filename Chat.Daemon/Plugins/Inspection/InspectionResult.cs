using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>The outcome of an inspection: a candidate or a refusal.</summary>
/// <param name="Staged">The inspected copy; null if it could not be made.</param>
/// <param name="Manifest">Null if it could not be read.</param>
/// <param name="Candidate">Null if the plugin was refused.</param>
/// <param name="Refusal">Null if there is a candidate.</param>
internal sealed record InspectionResult(
    PluginSource Source, StagedPlugin? Staged, PluginManifest? Manifest, PluginCandidate? Candidate, PluginRefusedException? Refusal)
{
    /// <summary>The plugin's id, or its file name if the id could not be read.</summary>
    public string Id => IdOf(Source, Manifest);

    public bool IsOf(string id) => Id.Equals(id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="Id"/>
    public static string IdOf(PluginSource source, PluginManifest? manifest) =>
        Printable.Escape(manifest?.Id is { Length: > 0 } id ? id : source.Name);
}
