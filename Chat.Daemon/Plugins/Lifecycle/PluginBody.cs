using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Everything that keeps a generation of a plugin in memory.</summary>
internal sealed record PluginBody(ServiceProvider Container, PluginAssembly Assembly, PluginResources Belongings)
{
    public required IReadOnlyList<CatalogueEntry> Commands { get; init; }

    public required HookSet Hooks { get; init; }
}
