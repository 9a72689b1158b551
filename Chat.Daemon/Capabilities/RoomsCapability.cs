using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IRooms"/>
internal sealed class RoomsCapability(
    Attachment caller, RoomRequests desk, RoomAccess access, Notifier notices, ConversationRegistry conversations, ConversationStore store, RoomStore settings, OptionsSource options) : IRooms
{
    /// <summary>Of a topic, in scalar values: one line on most screens.</summary>
    private const int TopicScalars = 200;
    private const int PageSize = 500;

    public async ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation)
    {
        var populations = conversations.Populations();
        var invitedTo = await settings.InvitedToAsync(caller.User.Identity.Key, cancellation);
        var rooms = new List<RoomSummary>();
        IReadOnlyList<StoredRoom> page;
        for (var after = ""; (page = await store.RoomsAsync(after, PageSize, cancellation)).Count > 0; after = page[^1].Key)
        {
            foreach (var room in page)
            {
                var isPrivate = room.Private == true;
                if (isPrivate && room.Owner != caller.User.Identity.Key && !invitedTo.Contains(room.Id.Value) && caller.In(room.Key) is null) continue;
                rooms.Add(new RoomSummary(new Room($"{room.Id.Value}", room.Name, isPrivate), room.Topic ?? "", populations.GetValueOrDefault(room.Id)));
            }
        }
        return rooms;
    }

    public ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation) =>
        access.RoomsLikeAsync(caller.User.Identity, caller.User.Role, prefix, Math.Clamp(limit, 0, PageSize), cancellation);

    public async ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return [.. lease.Conversation.Fanout.Users().Select(p => p.ToUser())];
    }

    public async ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return lease.Conversation.Traits.Topic;
    }

    public async Task SetTopicAsync(Room room, string topic, CancellationToken cancellation)
    {
        if (TextRules.ScalarsIn(topic) > TopicScalars || TextRules.HasForbiddenControl(topic)) throw Refused(RefusalCode.TextTooLong);
        using var lease = await FindAsync(room, cancellation);
        if (lease.Conversation.Traits.IsPrivate && !Owns(lease.Conversation)) throw Refused(RefusalCode.Forbidden);
        await settings.SetTopicAsync(lease.Conversation.Id, topic).OrRefusedAsync(caller.Texts);
        lease.Conversation.Traits = lease.Conversation.Traits with { Topic = topic };
        notices.TellRoom(lease.Conversation, texts => texts.TopicIs(caller.User.Name.Text, topic));
    }

    public async Task<Room> JoinAsync(string room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!RoomName.TryParse(room, out var name)) throw Refused(RefusalCode.BadName);
        if (await desk.JoinAsync(caller, name, null, null).AsTask().OrRefusedAsync(caller.Texts) is { } refusal) throw Refused(refusal.Code);
        return caller.In(name.Key)?.Room.ToRoom() ?? throw Refused(RefusalCode.Forbidden);
    }

    public Task LeaveAsync(Room room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!RoomName.TryParse(room.Name, out var name) || caller.In(name.Key) is not { } membership) throw Refused(RefusalCode.NotInRoom);
        desk.Leave(caller, membership, null);
        return Task.CompletedTask;
    }

    public async Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(room, out var name)) throw Refused(RefusalCode.BadName);
        if (name.Equals(options.Current.DefaultRoom)) throw Refused(RefusalCode.NameTaken); // it is everybody's, also before anybody was in it
        using (var existing = await conversations.FindRoomAsync(name, cancellation))
            if (existing is not null) throw Refused(RefusalCode.NameTaken);
        if (!await access.MayCreateAsync(caller.User, cancellation)) throw Refused(RefusalCode.Forbidden);
        // Private from the one write on that makes it: who comes in before it is would stay.
        using var lease = await conversations.CreatePrivateRoomAsync(name, caller.User.Identity).OrRefusedAsync(caller.Texts) ?? throw Refused(RefusalCode.NameTaken);
        return await JoinAsync(room, cancellation);
    }

    public async Task InviteAsync(Room room, User user, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        if (!lease.Conversation.Traits.IsPrivate || !Owns(lease.Conversation)) throw Refused(RefusalCode.Forbidden);
        await settings.InviteAsync(lease.Conversation.Id, user.Id).OrRefusedAsync(caller.Texts);
        notices.Tell(new Identity(user.Id), texts => texts.Invited(caller.User.Name.Text, lease.Conversation.Name.Text));
    }

    private bool Owns(RoomConversation room) => room.Traits.Owner == caller.User.Identity.Key || caller.User.Role >= Role.Moderator;

    /// <summary>The room, where the caller may see it.</summary>
    private async Task<Lease<RoomConversation>> FindAsync(Room room, CancellationToken cancellation)
    {
        var lease = RoomName.TryParse(room.Name, out var name) ? await conversations.FindRoomAsync(name, cancellation) : null;
        if (lease is not null && await access.MayEnterAsync(caller.User, lease.Conversation, cancellation)) return lease;
        lease?.Dispose();
        throw Refused(RefusalCode.NoSuchRoom);
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
