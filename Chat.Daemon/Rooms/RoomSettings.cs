using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Rooms;

/// <summary>Changes a room's topic and invitations, and tells the users concerned. Safe from any thread.</summary>
internal sealed class RoomSettings(RoomStore roomStore, Notifier notifier)
{
    public async Task SetTopicAsync(RoomConversation room, string topic, string by)
    {
        await roomStore.SetTopicAsync(room.Id, topic);
        room.Traits = room.Traits with { Topic = topic };
        notifier.TellRoom(room, texts => texts.TopicIs(by, topic));
    }

    public async Task InviteAsync(RoomConversation room, Identity invited, string by)
    {
        await roomStore.InviteAsync(room.Id, invited.Key);
        notifier.Tell(invited, texts => texts.Invited(by, room.Name.Text));
    }
}
