using System.Reflection;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Whether everything that a plugin's assemblies refer to is there. Without it the first call into what is missing would fail, at any time.</summary>
internal static class ReferenceCheck
{
    /// <summary>A remark for the operator, or null. What a library lacks is only remarked on: many refer to what they never need.</summary>
    /// <exception cref="PluginRefusedException">The plugin itself lacks something, or something needs a newer platform than this.</exception>
    public static Sentence? Check(StagedPlugin plugin, AssemblyFile main)
    {
        var libraries = Directory.EnumerateFiles(plugin.Folder, "*.dll", SearchOption.AllDirectories).Where(f => f != plugin.Assembly).ToLookup(NameOf);
        if (ReferencesOf(main).FirstOrDefault(r => IsMissing(r, libraries)) is { } missing)
            throw new PluginRefusedException(Sentence.Of(t => t.MissingReference(missing.Name!, $"{missing.Version}", NameOf(plugin.Assembly))), Fault.Unfinished);
        CheckVersions(NameOf(plugin.Assembly), main);
        var remarks = libraries.Where(l => !ContractAssemblies.IsShared(l.Key)).Select(l => CheckLibrary(l.Key, l.First(), libraries)).OfType<Sentence>().ToList();
        return remarks.Count == 0 ? null : remarks.Aggregate((first, next) => first + next);
    }

    private static Sentence? CheckLibrary(string name, string path, ILookup<string, string> libraries)
    {
        if (AssemblyFile.OpenIfManaged(path) is not { } library) return null;
        using (library)
        {
            CheckVersions(name, library);
            var missing = ReferencesOf(library).Where(r => IsMissing(r, libraries)).Select(r => r.Name).ToList();
            return missing.Count == 0 ? null : Sentence.Of(t => t.LooseReference(name, string.Join(", ", missing)));
        }
    }

    private static void CheckVersions(string name, AssemblyFile file)
    {
        foreach (var reference in ReferencesOf(file))
            if (ContractAssemblies.VersionOf(reference.Name!) is { } has && reference.Version > has)
                throw new PluginRefusedException(Sentence.Of(t => t.NewerReference(name, reference.Name!, $"{reference.Version}", $"{has}")));
    }

    private static bool IsMissing(AssemblyName reference, ILookup<string, string> libraries) =>
        ContractAssemblies.VersionOf(reference.Name!) is null && !libraries.Contains(reference.Name!);

    private static IEnumerable<AssemblyName> ReferencesOf(AssemblyFile file) =>
        file.Metadata.AssemblyReferences.Select(r => file.Metadata.GetAssemblyReference(r).GetAssemblyName());

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
}
