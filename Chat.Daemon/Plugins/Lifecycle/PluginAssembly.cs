using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Chat.Daemon.Plugins.Inspection;
using Resolver = McMaster.NETCore.Plugins.PluginLoader;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A plugin's code, in a load context of its own that can be unloaded.</summary>
internal sealed class PluginAssembly : IDisposable
{
    private const BindingFlags PublicConstructor =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.CreateInstance | BindingFlags.DoNotWrapExceptions;

    private readonly Resolver resolver;
    private readonly Assembly assembly;
    private Type? entry;

    private PluginAssembly(Resolver resolver, string id)
    {
        (this.resolver, assembly) = (resolver, resolver.LoadDefaultAssembly());
        PluginContexts.Add(AssemblyLoadContext.GetLoadContext(assembly)!, id);
    }

    public static PluginAssembly Load(StagedPlugin plugin, string id)
    {
        var resolver = Resolver.CreateFromAssemblyFile(plugin.Assembly, isUnloadable: true, ContractAssemblies.Types);
        try
        {
            return new(resolver, id);
        }
        catch (Exception)
        {
            resolver.Dispose();
            throw;
        }
    }

    /// <summary>Runs the plugin's own constructors.</summary>
    public IChatPlugin CreateEntry(string type)
    {
        entry = assembly.GetType(type, throwOnError: true)!;
        return Activator.CreateInstance(entry, PublicConstructor, null, null, null) as IChatPlugin
            ?? throw new PluginRefusedException(LocalizedText.Of(t => t.OtherContract(type, ContractAssemblies.Contract)));
    }

    /// <summary>The types of a second copy of a shared assembly would look like the daemon's, but differ.</summary>
    /// <exception cref="PluginRefusedException">There is one.</exception>
    public void CheckShared()
    {
        var loaded = AssemblyLoadContext.GetLoadContext(assembly)!.Assemblies.Select(a => a.GetName().Name!);
        if (loaded.FirstOrDefault(ContractAssemblies.IsShared) is { } twice)
            throw new PluginRefusedException(LocalizedText.Of(t => t.LoadedTwice(twice)));
    }

    /// <summary>While one of them is alive, something still references the plugin.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IReadOnlyList<WeakReference> Traces()
    {
        var parts = new object?[] { AssemblyLoadContext.GetLoadContext(assembly), assembly, entry };
        return [.. parts.OfType<object>().Select(part => new WeakReference(part, trackResurrection: true))];
    }

    /// <summary>Starts to unload. The runtime finishes once nothing references the plugin any more.</summary>
    public void Dispose() => resolver.Dispose();
}
