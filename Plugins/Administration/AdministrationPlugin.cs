[assembly: Chat.ChatPlugin(Id = "administration")]

namespace Chat.Plugins.Administration;

/// <summary>Runs the daemon from inside the chat.</summary>
public sealed class AdministrationPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        ShutdownCommands.Declare(plugin);
        RoleCommands.Declare(plugin);
        AccountCommands.Declare(plugin);
        PasswordCommands.Declare(plugin);
        PermissionCommands.Declare(plugin);
        AuditCommands.Declare(plugin);
        PluginCommands.Declare(plugin);
    }
}
