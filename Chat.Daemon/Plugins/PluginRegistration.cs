using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Daemon.Plugins;

/// <summary>Registers the parts between a drop folder and the command catalogue.</summary>
internal static class PluginRegistration
{
    /// <summary>For a daemon with these options. The allow-list and the roles follow changes of the settings.</summary>
    public static IServiceCollection AddPlugins(this IServiceCollection services, ChatOptions options)
    {
        services.AddPlugins(
            PluginFolders.Of([.. options.Plugins.Folders.Select(Path.GetFullPath)], Path.GetFullPath(options.DataFolder)),
            new PluginTimings
            {
                Poll = TimeSpan.FromMilliseconds(options.Plugins.PollMilliseconds),
                Settle = TimeSpan.FromMilliseconds(options.Plugins.SettleMilliseconds),
            });
        services.AddSingleton(s => s.GetRequiredService<DaemonMetrics>().Hooks);
        services.AddSingleton(s => AllowListOf(s.GetRequiredService<OptionsSource>()));
        services.AddSingleton(s => NamesOf(s.GetRequiredService<OptionsSource>()));
        services.AddSingleton<PluginCrashes>();
        services.AddSingleton<PluginStartup>();
        services.AddSingleton(s => PolicyOf(s.GetRequiredService<OptionsSource>(), s.GetRequiredService<RuntimePermissions>()));
        return services;
    }

    /// <summary>
    /// Also needs these services: <see cref="CapabilityTable"/>, <see cref="CommandRegistry"/>, <see cref="HookMetrics"/>,
    /// <see cref="AllowList"/>, <see cref="PermissionPolicy"/>, <see cref="TimeProvider"/>, <see cref="SteadyTime"/> and logging.
    /// </summary>
    public static IServiceCollection AddPlugins(this IServiceCollection services, PluginFolders folders, PluginTimings timings)
    {
        services.AddSingleton(folders);
        services.AddSingleton(timings);

        services.AddSingleton<ReconcileSignal>();
        services.AddSingleton<FolderEvents>();
        services.AddSingleton<DropFolderWatcher>();

        services.AddSingleton(new StagingFolder(folders.Staged));
        services.AddSingleton<PluginInspector>();

        services.AddSingleton<SwapHistory>();
        services.AddSingleton<PluginListing>();
        services.AddSingleton<PluginInventory>();
        services.AddSingleton<PluginStore>();
        services.AddSingleton<StartMarks>();
        services.AddSingleton<DesiredState>();
        services.TryAddSingleton<GuardedCalls>();
        services.TryAddSingleton<HandlerOffers>();
        services.AddSingleton<HookRuntime>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<GenerationBuilder>();
        services.AddSingleton<PluginStarter>();
        services.TryAddSingleton(CommandNames.AsDeclared);
        services.AddSingleton<CataloguePublisher>();
        services.AddSingleton<PluginHandover>();
        services.AddSingleton<PluginUnloader>();
        services.AddSingleton<SwapReports>();
        services.AddSingleton<PluginSwap>();
        services.AddSingleton<PluginReconciler>();
        services.AddSingleton<UnusedCopies>();
        services.AddSingleton<ReconcileLoop>();
        services.AddSingleton<PluginActions>();
        services.AddSingleton<PluginSupervisor>();
        return services;
    }

    private static AllowList AllowListOf(OptionsSource source) => new(() => source.Current.Plugins.Allowed);

    private static CommandNames NamesOf(OptionsSource source) => new(() => source.Current.Plugins.Names);

    private static PermissionPolicy PolicyOf(OptionsSource source, RuntimePermissions runtime) => catalogue =>
        catalogue.ToPermissionTable(source.Current.Roles.ToDictionary(r => r.Key, r => (IReadOnlyList<string>)r.Value), runtime.All);
}
