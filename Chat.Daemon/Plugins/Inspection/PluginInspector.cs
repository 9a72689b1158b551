using Chat.Daemon.Plugins.Discovery;


namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Copies a plugin and reads the copy, without running any of its code.</summary>
internal sealed class PluginInspector(StagingFolder staging)
{
    public InspectionResult Inspect(PluginSource source) => Inspect(source, () => staging.Stage(source));

    /// <summary>Inspects the copy of an earlier version as if it were at the source.</summary>
    public InspectionResult InspectKept(KeptVersion kept, PluginSource source) => Inspect(source, () =>
        staging.Find(kept.Hash, kept.Assembly) ?? throw new PluginRefusedException(LocalizedText.Of(t => t.CopyMissing(kept.Version))));

    private static InspectionResult Inspect(PluginSource source, Func<StagedPlugin> stage)
    {
        PluginManifest? manifest = null;
        StagedPlugin? staged = null;
        try
        {
            staged = stage();
            using var file = AssemblyFile.Open(staged.Assembly);
            manifest = ManifestReader.Read(file.Metadata);
            if (manifest.Problem is { } problem) throw new PluginRefusedException(problem);
            var remark = ReferenceCheck.Check(staged, file);
            manifest = manifest with { Capabilities = [.. manifest.Capabilities.Union(CapabilitiesOfLibraries(staged))] };
            return new(source, staged, manifest, new(source, staged, manifest, remark), Refusal: null);
        }
        catch (PluginRefusedException refused)
        {
            return new(source, staged, manifest, Candidate: null, refused);
        }
        catch (Exception failure) // damaged metadata can throw anything
        {
            var unreadable = LocalizedText.Of(t => t.Unreadable(failure.Message));
            return new(source, staged, manifest, Candidate: null, new(unreadable, PluginFault.Incomplete, failure));
        }
    }

    /// <summary>A plugin can use a capability through a library beside it.</summary>
    private static IEnumerable<Capability> CapabilitiesOfLibraries(StagedPlugin plugin)
    {
        foreach (var path in plugin.Libraries)
        {
            using var library = AssemblyFile.OpenIfManaged(path);
            if (library is null) continue;
            foreach (var capability in ManifestReader.CapabilitiesOf(new(library.Metadata))) yield return capability;
        }
    }
}
