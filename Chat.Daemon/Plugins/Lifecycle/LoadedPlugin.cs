using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Everything that keeps a generation's code in memory.</summary>
/// <param name="Services">Those that the plugin hosts.</param>
internal sealed record LoadedPlugin(
    PluginAssembly Assembly, ServiceProvider Container, PluginResources Resources, IReadOnlyList<CatalogueEntry> Commands, HookSet Hooks,
    HostedWork Services);
