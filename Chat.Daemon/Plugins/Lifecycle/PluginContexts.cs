using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Which plugin each load context belongs to. For the whole process, like its crash handler. Safe from any thread.</summary>
internal static class PluginContexts
{
    private static readonly ConditionalWeakTable<AssemblyLoadContext, string> Ids = []; // a strong key would keep the plugin loaded

    public static void Add(AssemblyLoadContext context, string id) => Ids.AddOrUpdate(context, id);

    /// <summary>The plugin whose code threw, called what threw, or declares the exception; null if there is none.</summary>
    public static string? OwnerOf(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(frame => OwnerOf(frame.GetMethod()?.Module.Assembly))
            .Append(OwnerOf(exception.GetType().Assembly))
            .FirstOrDefault(id => id is not null);

    private static string? OwnerOf(Assembly? assembly) =>
        assembly is not null && AssemblyLoadContext.GetLoadContext(assembly) is { } context && Ids.TryGetValue(context, out var id)
            ? id
            : null;
}
