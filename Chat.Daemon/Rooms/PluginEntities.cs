using System.Globalization;
using Chat.Daemon.Accounts;

namespace Chat.Daemon.Rooms;

/// <summary>Users and rooms as plugins know them.</summary>
internal static class PluginEntities
{
    public static User ToUser(this ChatUser user) => new(user.Identity.Key, user.Name.Text, user.Role);

    public static Room ToRoom(this RoomConversation room) =>
        new(room.Id.Value.ToString(CultureInfo.InvariantCulture), room.Name.Text, room.Traits.IsPrivate);
}
