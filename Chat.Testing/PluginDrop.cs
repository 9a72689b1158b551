using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Plugins.Inspection;
using AssemblyFile = Chat.Daemon.Plugins.Inspection.AssemblyFile;

namespace Chat.Testing;

/// <summary>Copies plugins into a drop folder, as their author would.</summary>
internal sealed class PluginDrop(string folder)
{
    private const string Expected = "Give the plugin's DLL, or a folder with the same name as the DLL in it.";

    /// <summary>The drop folder. Each plugin has a folder in it.</summary>
    public string Folder => folder;

    /// <summary>Copies the assembly and its references, but not the test's own files next to them.</summary>
    /// <returns>The plugin's folder.</returns>
    public string Add(Assembly plugin)
    {
        if (plugin.Location.Length == 0)
            throw new ChatTestException($"{plugin.GetName().Name} was loaded from memory, so there is no file to copy.");
        var target = TargetFor(plugin.Location);
        foreach (var file in Needed(plugin.Location).SelectMany(WithSymbols))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return target;
    }

    /// <param name="path">A DLL, which is copied with all files next to it; or a folder with the same name as the DLL in it.</param>
    /// <returns>The plugin's folder.</returns>
    public string Add(string path)
    {
        var assembly = Path.GetFullPath(Directory.Exists(path) ? DllIn(path) : path);
        if (!File.Exists(assembly)) throw new ChatTestException($"{assembly} does not exist. {Expected}");
        var (source, target) = (Path.GetDirectoryName(assembly)!, TargetFor(assembly));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }

    /// <summary>Writes the plugin's settings file, next to its folder.</summary>
    /// <returns>The path of the file.</returns>
    public string Configure(string plugin, string json)
    {
        var names = new[] { folder, Path.Combine(AppContext.BaseDirectory, "Plugins") }.Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories).Select(Path.GetFileName).ToList();
        var name = names.Find(known => string.Equals(known, plugin, StringComparison.OrdinalIgnoreCase))
            ?? throw new ChatTestException($"There is no plugin \"{plugin}\" to configure. Plugins: {string.Join(", ", names)}.");
        var file = Path.Combine(folder, name + ".json");
        File.WriteAllText(file, json);
        return file;
    }

    private string TargetFor(string assembly) =>
        Directory.CreateDirectory(Path.Combine(folder, Path.GetFileNameWithoutExtension(assembly))).FullName;

    /// <summary>The assemblies that the plugin needs, without those of the daemon and the platform.</summary>
    private static HashSet<string> Needed(string assembly)
    {
        var needed = new HashSet<string> { assembly };
        var open = new Queue<string>(needed);
        while (open.TryDequeue(out var next))
        {
            using var file = AssemblyFile.OpenIfManaged(next);
            foreach (var name in file is null ? [] : NamesIn(file.Metadata))
            {
                var beside = Path.Combine(Path.GetDirectoryName(assembly)!, name + ".dll");
                if (ContractAssemblies.VersionOf(name) is null && File.Exists(beside) && needed.Add(beside)) open.Enqueue(beside);
            }
        }
        return needed;
    }

    private static IEnumerable<string> NamesIn(MetadataReader assembly) =>
        assembly.AssemblyReferences.Select(reference => assembly.GetAssemblyReference(reference).GetAssemblyName().Name!);

    private static string DllIn(string folder) =>
        Path.Combine(folder, Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/', '\\')) + ".dll");

    private static IEnumerable<string> WithSymbols(string assembly) =>
        new[] { assembly, Path.ChangeExtension(assembly, ".pdb") }.Where(File.Exists);
}
