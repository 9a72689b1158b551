using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Starts the plugins with the daemon, and applies changed settings and permissions to them.</summary>
internal sealed class PluginStartup(
    PluginSupervisor supervisor, PluginCrashes crashes, OptionsSource options, RuntimePermissions runtimePermissions,
    DaemonMetrics metrics) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        metrics.AddGauge(
            "chat.plugin.generations",
            "state",
            "Plugin generations by state; collected ones count since the start.",
            () => supervisor.Generations);
        crashes.Watch();
        await supervisor.StartAsync(cancellation);
        options.Changed += _ => supervisor.Refresh();
        runtimePermissions.Changed += supervisor.Refresh;
    }
}
