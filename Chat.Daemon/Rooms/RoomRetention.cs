using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Shows and changes how long a room keeps its messages. Safe from any thread.</summary>
internal sealed class RoomRetention(RoomStore roomStore, RoomAccess access, MessageRetention retention, Notifier notifier)
{
    public async ValueTask<Retention> OfAsync(RoomConversation room, CancellationToken cancellation)
    {
        var (days, messages) = await roomStore.RetentionAsync(room.Id, cancellation);
        var standard = retention.Standard;
        return new Retention(days ?? standard.Days, messages ?? standard.Messages, days is not null, messages is not null);
    }

    /// <param name="days">Null where the daemon's limit applies, 0 for no limit.</param>
    /// <param name="messages">As for <paramref name="days"/>.</param>
    /// <returns>Null if the limits are set. What is beyond them is removed at once, in the background.</returns>
    public async Task<Refusal?> SetAsync(ChatUser by, RoomConversation room, int? days, int? messages)
    {
        if (Refusal(by, room, days, messages) is { } refusal) return refusal;
        await roomStore.SetRetentionAsync(room.Id, days, messages);
        retention.ApplySoon();
        var applies = await OfAsync(room, CancellationToken.None);
        notifier.TellRoom(room, texts => texts.RetentionIs(by.Name.Text, applies.Days, applies.Messages));
        return null;
    }

    /// <summary>The owner of a private room may set limits too, but not keep messages for longer than the daemon does.</summary>
    private Refusal? Refusal(ChatUser by, RoomConversation room, int? days, int? messages)
    {
        if (access.May(by, PermissionTable.RoomRetention, room)) return null;
        if (!room.Traits.IsPrivate || !RoomAccess.IsOwner(by, room)) return new Refusal(RefusalCode.Forbidden, room.Name.Text);
        var standard = retention.Standard;
        return IsLonger(days, standard.Days) || IsLonger(messages, standard.Messages)
            ? new Refusal(RefusalCode.Forbidden, room.Name.Text, Say: texts => texts.RetentionTooLong())
            : null;
    }

    private static bool IsLonger(int? own, int standard) => standard > 0 && (own is 0 || own > standard);
}
