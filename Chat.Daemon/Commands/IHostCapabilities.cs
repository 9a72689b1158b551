using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

/// <summary>What the daemon lets plugins do.</summary>
internal interface IHostCapabilities
{
    /// <summary>Adds the capabilities to a plugin's container, scoped: each acts for the caller of the invocation whose scope it is in.</summary>
    void Register(IServiceCollection services);
}

/// <summary>What is loaded, for whoever lists it.</summary>
internal interface IPluginInventory
{
    IReadOnlyList<PluginSummary> Plugins { get; }
}
