using Chat.Daemon.Accounts;
using Chat.Daemon.Hooks;
using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.Rooms;

/// <summary>Changes a room's topic and invitations, and tells the users concerned. Safe from any thread.</summary>
internal sealed class RoomSettings(
    RoomStore roomStore, Notifier notifier, TextGate gate, RoomRetention retention, EventBus eventBus)
{
    public RoomRetention Retention => retention;

    /// <param name="topic">Empty to remove the topic.</param>
    /// <returns>The gate's refusal; null if the topic is set, or if a filter dropped it.</returns>
    public async Task<Refusal?> SetTopicAsync(Attachment by, RoomConversation room, string topic)
    {
        var verdict = await gate.PassAsync(by, new OutgoingText(DraftKind.Topic, topic) { Place = room });
        if (verdict.Text is not { } passed) return verdict.Refusal;
        await roomStore.SetTopicAsync(room.Id, passed);
        room.Traits = room.Traits with { Topic = passed };
        var name = by.User.Name.Text;
        notifier.TellRoom(room, texts => passed.Length > 0 ? texts.TopicIs(name, passed) : texts.TopicCleared(name));
        eventBus.TopicChanged(room, by.User, passed);
        return null;
    }

    /// <summary>The invited user sees the room's name, which its creator chose.</summary>
    /// <returns>The gate's refusal; null if the user is invited, or if a filter dropped the name.</returns>
    public async Task<Refusal?> InviteAsync(Attachment by, RoomConversation room, User invited)
    {
        var name = new OutgoingText(DraftKind.RoomName, room.Name.Text) { Place = room, Recipient = invited };
        var verdict = await gate.PassAsync(by, name);
        if (verdict.Text is null) return verdict.Refusal;
        var identity = new Identity(invited.Id);
        await roomStore.InviteAsync(room.Id, identity.Key);
        notifier.Tell(identity, texts => texts.Invited(by.User.Name.Text, room.Name.Text));
        return null;
    }
}
