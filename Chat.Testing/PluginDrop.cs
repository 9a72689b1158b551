using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Plugins.Inspection;
using AssemblyFile = Chat.Daemon.Plugins.Inspection.AssemblyFile;

namespace Chat.Testing;

/// <summary>Puts plugins into a drop folder as their author would copy them there.</summary>
internal sealed class PluginDrop(string folder)
{
    /// <summary>Where dropped plugins lie, each in a folder of its own.</summary>
    public string Folder => folder;

    /// <summary>The assembly and what it refers to, of all that lies beside it; tests lie there too, and libraries of theirs.</summary>
    /// <returns>The plugin's folder.</returns>
    public string Add(Assembly plugin)
    {
        if (plugin.Location.Length == 0) throw new ChatTestException($"{plugin.GetName().Name} has no file to drop: it was loaded from memory.");
        var target = TargetFor(plugin.Location);
        foreach (var file in Needed(plugin.Location).SelectMany(WithSymbols))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return target;
    }

    /// <param name="path">A DLL, whose folder is dropped with all that it holds, or a folder that has the name of the DLL in it.</param>
    /// <returns>The plugin's folder.</returns>
    public string Add(string path)
    {
        var assembly = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, Path.GetFileName(Path.GetFullPath(path).TrimEnd('/', '\\')) + ".dll") : path);
        if (!File.Exists(assembly)) throw new ChatTestException($"There is no {assembly}: name the plugin's DLL, or a folder that has the name of its DLL.");
        var (source, target) = (Path.GetDirectoryName(assembly)!, TargetFor(assembly));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }

    /// <summary>As an operator writes them: beside the plugin, in a file of its name.</summary>
    /// <returns>That file.</returns>
    public string Configure(string plugin, string json)
    {
        var names = new[] { folder, Path.Combine(AppContext.BaseDirectory, "Plugins") }.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Select(Path.GetFileName).ToList();
        var name = names.Find(known => string.Equals(known, plugin, StringComparison.OrdinalIgnoreCase))
            ?? throw new ChatTestException($"There is no plugin {plugin} to configure; there are {string.Join(", ", names)}.");
        var file = Path.Combine(folder, name + ".json");
        File.WriteAllText(file, json);
        return file;
    }

    private string TargetFor(string assembly) => Directory.CreateDirectory(Path.Combine(folder, Path.GetFileNameWithoutExtension(assembly))).FullName;

    /// <summary>As the daemon would miss them: neither what it lends nor what the platform brings.</summary>
    private static HashSet<string> Needed(string assembly)
    {
        var needed = new HashSet<string> { assembly };
        var open = new Queue<string>(needed);
        while (open.TryDequeue(out var next))
        {
            using var file = AssemblyFile.OpenIfManaged(next);
            foreach (var name in file is null ? [] : file.Metadata.AssemblyReferences.Select(r => file.Metadata.GetAssemblyReference(r).GetAssemblyName().Name!))
            {
                var beside = Path.Combine(Path.GetDirectoryName(assembly)!, name + ".dll");
                if (ContractAssemblies.VersionOf(name) is null && File.Exists(beside) && needed.Add(beside)) open.Enqueue(beside);
            }
        }
        return needed;
    }

    private static IEnumerable<string> WithSymbols(string assembly) => new[] { assembly, Path.ChangeExtension(assembly, ".pdb") }.Where(File.Exists);
}
