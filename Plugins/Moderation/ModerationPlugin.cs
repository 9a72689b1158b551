[assembly: Chat.ChatPlugin(Id = "moderation")]

namespace Chat.Plugins.Moderation;

/// <summary>Keeps rooms habitable: removes, bans and silences.</summary>
public sealed class ModerationPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        KickCommands.Declare(plugin);
        BanCommands.Declare(plugin);
        MuteCommands.Declare(plugin);
        WordCommands.Declare(plugin);
        SlowCommands.Declare(plugin);
    }
}
