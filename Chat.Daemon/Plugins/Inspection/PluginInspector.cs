using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <param name="Remark">What the operator should know of it although it can run; null where there is nothing.</param>
internal sealed record PluginCandidate(PluginSource Source, StagedPlugin Staged, PluginManifest Manifest, Sentence? Remark)
{
    public string Hash => Staged.Hash;
}

/// <summary>What was found in a plugin's place: something that may run, or why not.</summary>
/// <param name="Manifest">Null where it could not be read.</param>
/// <param name="Candidate">Null where it is refused.</param>
internal sealed record InspectionResult(PluginSource Source, PluginManifest? Manifest, PluginCandidate? Candidate, PluginRefusedException? Refusal = null)
{
    /// <summary>The copy that was read; null where none could be made.</summary>
    public StagedPlugin? Staged { get; init; }
}

/// <summary>Copies a plugin and reads the copy. Nothing of it runs.</summary>
internal sealed class PluginInspector(PluginStage stage)
{
    public InspectionResult Inspect(PluginSource source) => Read(source, () => stage.Stage(source));

    /// <summary>A copy of an earlier version; for all else it stands where <paramref name="source"/> does.</summary>
    public InspectionResult Reopen(KeptVersion kept, PluginSource source) => Read(source, () => stage.Find(kept.Hash, kept.Assembly)
        ?? throw new PluginRefusedException(Sentence.Of(t => t.CopyGone(kept.Version))));

    private static InspectionResult Read(PluginSource source, Func<StagedPlugin> copy)
    {
        PluginManifest? manifest = null;
        StagedPlugin? staged = null;
        try
        {
            staged = copy();
            using var file = AssemblyFile.Open(staged.Assembly);
            manifest = ManifestReader.Read(file.Metadata);
            if (manifest.Problem is { } problem) throw new PluginRefusedException(problem);
            var remark = ReferenceCheck.Check(staged, file);
            manifest = manifest with { Capabilities = [.. manifest.Capabilities.Union(OfLibraries(staged))] };
            return new(source, manifest, new(source, staged, manifest, remark)) { Staged = staged };
        }
        catch (PluginRefusedException refused)
        {
            return new(source, manifest, null, refused) { Staged = staged };
        }
        catch (Exception failure) // damaged metadata may throw anything
        {
            return new(source, manifest, null, new(Sentence.Of(t => t.Unreadable(failure.Message)), Fault.Unfinished, failure)) { Staged = staged };
        }
    }

    /// <summary>Code that lies beside the plugin asks in its name.</summary>
    private static IEnumerable<Capability> OfLibraries(StagedPlugin plugin)
    {
        foreach (var path in Directory.EnumerateFiles(plugin.Folder, "*.dll", SearchOption.AllDirectories).Where(f => f != plugin.Assembly))
        {
            using var library = AssemblyFile.OpenIfManaged(path);
            if (library is null) continue;
            foreach (var capability in DeclarationReader.Capabilities(new(library.Metadata))) yield return capability;
        }
    }
}
