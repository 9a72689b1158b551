using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>One version of a plugin that passed inspection and may run.</summary>
/// <param name="Remark">What the operator should know although the plugin can run; null if nothing.</param>
internal sealed record PluginCandidate(PluginSource Source, StagedPlugin Staged, PluginManifest Manifest, LocalizedText? Remark)
{
    public string Hash => Staged.Hash;
}
