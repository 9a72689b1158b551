using System.Reflection;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>
/// Checks that every assembly that a plugin references is available. Otherwise the first call into a missing one would fail, at any time.
/// </summary>
internal static class ReferenceCheck
{
    /// <summary>Names in a sentence.</summary>
    private const int MostShown = 10;

    /// <summary>
    /// A remark for the operator, or null. A reference that only a library lacks is a remark: many libraries reference assemblies that
    /// they never need.
    /// </summary>
    /// <exception cref="PluginRefusedException">
    /// The plugin itself lacks a reference, or something needs a newer platform than this daemon's.
    /// </exception>
    public static LocalizedText? Check(StagedPlugin plugin, AssemblyFile main)
    {
        var libraries = plugin.Libraries.ToLookup(NameOf);
        var name = NameOf(plugin.Assembly);
        if (ReferencesOf(main).FirstOrDefault(r => IsMissing(r, libraries)) is { } missing)
        {
            var reason = LocalizedText.Of(t => t.MissingReference(missing.Name!, $"{missing.Version}", name));
            throw new PluginRefusedException(reason, PluginFault.Incomplete);
        }
        CheckVersions(name, main);
        return LocalizedText.Join(
            libraries.Where(l => !ContractAssemblies.IsShared(l.Key)).Select(l => CheckLibrary(l.Key, l.First(), libraries)));
    }

    private static LocalizedText? CheckLibrary(string name, string path, ILookup<string, string> libraries)
    {
        using var library = AssemblyFile.OpenIfManaged(path);
        if (library is null) return null;
        CheckVersions(name, library);
        var missing = ReferencesOf(library).Where(r => IsMissing(r, libraries)).Select(r => r.Name).Distinct().Take(MostShown + 1).ToList();
        if (missing.Count == 0) return null;
        var shown = string.Join(", ", missing.Take(MostShown)) + (missing.Count > MostShown ? ", …" : "");
        return LocalizedText.Of(t => t.MissingLibraryReference(name, shown));
    }

    private static void CheckVersions(string name, AssemblyFile file)
    {
        foreach (var reference in ReferencesOf(file))
        {
            if (ContractAssemblies.VersionOf(reference.Name!) is not { } available || reference.Version <= available) continue;
            var reason = LocalizedText.Of(t => t.NewerReference(name, reference.Name!, $"{reference.Version}", $"{available}"));
            throw new PluginRefusedException(reason);
        }
    }

    private static bool IsMissing(AssemblyName reference, ILookup<string, string> libraries) =>
        ContractAssemblies.VersionOf(reference.Name!) is null && !libraries.Contains(reference.Name!);

    private static IEnumerable<AssemblyName> ReferencesOf(AssemblyFile file) =>
        file.Metadata.AssemblyReferences.Select(r => file.Metadata.GetAssemblyReference(r).GetAssemblyName());

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
}
