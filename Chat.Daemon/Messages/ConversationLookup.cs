using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Log;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Finds the conversation that a frame names in <c>room</c> or <c>with</c>. The user must be in it.</summary>
internal sealed class ConversationLookup(
    ConversationRegistry conversationRegistry, ConversationStore conversationStore, UserDirectory userDirectory)
{
    /// <summary>
    /// A room that the connection is in; or the direct conversation with the user who has the name now, else the latest one with a user of
    /// that name.
    /// </summary>
    public ValueTask<FoundConversation> FindAsync(Attachment user, string? room, string? with) =>
        room is not null ? new(FindRoom(user, room)) : FindDirectAsync(user, with!);

    private static FoundConversation FindRoom(Attachment user, string room)
    {
        if (!RoomName.TryParse(room, out var name)) return new() { Refusal = new(RefusalCode.BadName, room) };
        if (user.In(name.Key) is not { } membership) return new() { Refusal = new(RefusalCode.NotInRoom, name.Text) };
        return new() { Conversation = membership.Room, Subscriber = membership.Subscriber, Room = membership.Room.Name.Text };
    }

    private async ValueTask<FoundConversation> FindDirectAsync(Attachment user, string with)
    {
        if (!UserName.TryParse(with, out var name)) return new() { Refusal = new(RefusalCode.BadName) };
        var cancellation = user.Connection.Ending;
        var other = await userDirectory.FindAsync(name, cancellation);
        var records = await conversationStore.DirectWithAsync(
            user.User.Identity.Key, name, DirectConversationCache.MaxNamesakes, cancellation);
        var record = records.FirstOrDefault(r => other is null || r.OtherIdentity == other.Identity.Key);
        if (record is null && other is null) return new() { Refusal = new(RefusalCode.NoSuchUser) };
        var lease = record is null ? null : conversationRegistry.HoldDirect(user.User, record);
        return new()
        {
            Conversation = lease?.Conversation,
            Subscriber = user.DirectSubscriber,
            Partner = other ?? new ChatUser(new Identity(record!.OtherIdentity), name, Role.Guest),
            Lease = lease,
        };
    }
}
