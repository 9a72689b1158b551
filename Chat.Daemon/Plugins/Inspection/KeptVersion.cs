using System.Text.Json.Serialization;
using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A version whose staged copy is kept. Stored as JSON.</summary>
/// <param name="Assembly">The file name of its DLL.</param>
/// <param name="Shipped">Whether it came with the program.</param>
/// <param name="Place">The folder or DLL it was copied from. Its settings file is beside that.</param>
internal sealed record KeptVersion(string Hash, string Version, string Assembly, bool Shipped, string Place)
{
    [JsonIgnore]
    public PluginSource Source => new(
        Path.GetFileNameWithoutExtension(Assembly),
        IsFile ? Place : Path.Combine(Place, Assembly),
        IsFile ? null : Place,
        Shipped ? PluginOrigin.Shipped : PluginOrigin.Dropped);

    private bool IsFile => Path.GetFileName(Place) == Assembly;

    public static KeptVersion Of(PluginCandidate candidate)
    {
        var (source, assembly) = (candidate.Source, Path.GetFileName(candidate.Staged.Assembly));
        return new(candidate.Hash, candidate.Manifest.Version, assembly, source.Origin is PluginOrigin.Shipped, source.Path);
    }
}
