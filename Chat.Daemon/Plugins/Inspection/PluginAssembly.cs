using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;
using Resolver = McMaster.NETCore.Plugins.PluginLoader;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A plugin's code, in a load context of its own that can be unloaded.</summary>
internal sealed class PluginAssembly : IDisposable
{
    private readonly Resolver resolver;
    private readonly Assembly assembly;
    private Type? entry;

    private PluginAssembly(Resolver resolver) => (this.resolver, assembly) = (resolver, resolver.LoadDefaultAssembly());

    public static PluginAssembly Load(StagedPlugin plugin)
    {
        var resolver = Resolver.CreateFromAssemblyFile(plugin.Assembly, isUnloadable: true, ContractAssemblies.Types);
        try
        {
            return new(resolver);
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
        return Activator.CreateInstance(entry, BindingFlags.Public | BindingFlags.Instance | BindingFlags.CreateInstance | BindingFlags.DoNotWrapExceptions, null, null, null) as IChatPlugin
            ?? throw new PluginRefusedException(Sentence.Of(t => t.OtherContract(type, ContractAssemblies.Contract)));
    }

    /// <summary>A second copy of a shared assembly would have types that look like the daemon's and are not.</summary>
    /// <exception cref="PluginRefusedException">There is one.</exception>
    public void CheckShared()
    {
        var twice = AssemblyLoadContext.GetLoadContext(assembly)!.Assemblies.Select(a => a.GetName().Name!).FirstOrDefault(ContractAssemblies.IsShared);
        if (twice is not null) throw new PluginRefusedException(Sentence.Of(t => t.LoadedTwice(twice)));
    }

    /// <summary>As long as one of them is alive, something still refers to the plugin.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IReadOnlyList<WeakReference> Traces() =>
        [.. new object?[] { AssemblyLoadContext.GetLoadContext(assembly), assembly, entry }.OfType<object>().Select(part => new WeakReference(part, trackResurrection: true))];

    /// <summary>Begins to unload; it ends when nothing refers to the plugin any more.</summary>
    public void Dispose() => resolver.Dispose();
}
