using Chat.Daemon.Commands;
using Chat.Daemon.Plugins.Resources;
using Chat.Daemon.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Capabilities;

/// <summary>Makes the capabilities of one invocation, bound to the caller's connection.</summary>
internal static class HostCapabilities
{
    public static CapabilityTable Of(IServiceProvider daemon)
    {
        var all = new CapabilityTable();
        Add<IRooms, RoomsCapability>(all, daemon);
        Add<IMessages, MessagesCapability>(all, daemon);
        Add<ISearch, SearchCapability>(all, daemon);
        all.AddEverywhere<IDirectory>(() => daemon.GetRequiredService<DirectoryCapability>());
        all.AddEverywhere<INotices>(() => daemon.GetRequiredService<NoticesCapability>());
        all.AddOwned<IBots>(plugin => ActivatorUtilities.CreateInstance<BotsCapability>(daemon, plugin));
        all.AddOwned<IPluginFolder>(plugin => ActivatorUtilities.CreateInstance<PluginFolderCapability>(daemon, plugin));
        all.AddEverywhere<IHttpClients>(() => daemon.GetRequiredService<HttpClientsCapability>());
        all.AddOwned<IStorage>(plugin => ActivatorUtilities.CreateInstance<StorageCapability>(daemon, plugin));
        Add<IModeration, ModerationCapability>(all, daemon);
        Add<IAccounts, AccountsCapability>(all, daemon);
        Add<IBlocks, BlocksCapability>(all, daemon);
        Add<IDaemonControl, DaemonControl>(all, daemon);
        all.Add<IPlugins>((context, origin) => ActivatorUtilities.CreateInstance<PluginsCapability>(daemon, CallerOf(origin), context));
        Add<IPermissions, PermissionsCapability>(all, daemon);
        all.Add<IDiagnostics>((_, _) => daemon.GetRequiredService<DiagnosticsCapability>());
        all.Add<IAudit>((_, _) => daemon.GetRequiredService<AuditCapability>());
        return all.Add<IHelp>((_, _) => daemon.GetRequiredService<CommandHelp>());
    }

    private static void Add<TContract, TCapability>(CapabilityTable all, IServiceProvider daemon)
        where TContract : class
        where TCapability : class, TContract =>
        all.Add<TContract>((_, origin) => ActivatorUtilities.CreateInstance<TCapability>(daemon, CallerOf(origin)));

    private static Attachment CallerOf(object? origin) =>
        origin as Attachment ?? throw new InvalidOperationException("This capability is available within an invocation only.");
}
