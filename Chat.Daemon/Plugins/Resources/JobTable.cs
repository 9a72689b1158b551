using System.Collections.Concurrent;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>The jobs of each plugin. They outlive its generations. Safe from any thread.</summary>
internal sealed class JobTable(CapabilityTable capabilities, HookRuntime hookRuntime)
{
    private readonly ConcurrentDictionary<string, PluginJobs> byPlugin = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>No plugin has an id with a slash, so nobody else writes there.</summary>
    public PluginJobs Of(string plugin) => byPlugin.GetOrAdd(
        plugin, id => new(id, capabilities.Make<IStorage>($"{id.ToLowerInvariant()}/jobs"), hookRuntime));
}
