[assembly: Chat.ChatPlugin(Id = "rooms")]

namespace Chat.Plugins.Rooms;

/// <summary>Coming, going, looking around and talking in private.</summary>
public sealed class RoomsPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        JoinCommands.Declare(plugin);
        ListCommands.Declare(plugin);
        TopicCommands.Declare(plugin);
        PrivateRoomCommands.Declare(plugin);
        DirectCommands.Declare(plugin);
    }
}
