using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IRooms"/>
internal sealed class RoomsCapability(
    Attachment caller, RoomRequests requests, RoomAccess access, RoomSettings settings, ConversationRegistry conversationRegistry) : IRooms
{
    private const int MaxNames = 500;

    public async ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation)
    {
        var populations = conversationRegistry.Populations();
        var rooms = await access.ListAsync(caller.User, key => caller.In(key) is not null, cancellation);
        return [.. rooms.Select(room => new RoomSummary(
            new Room($"{room.Id.Value}", room.Name, room.Private == true), room.Topic ?? "", populations.GetValueOrDefault(room.Id)))];
    }

    public ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation) =>
        access.ListNamesAsync(caller.User.Identity, caller.User.Role, prefix, Math.Clamp(limit, 0, MaxNames), cancellation);

    public async ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return [.. lease.Conversation.Fanout.Present.Select(member => member.User.ToUser())];
    }

    public async ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return lease.Conversation.Traits.Topic;
    }

    public async Task SetTopicAsync(Room room, string topic, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        if (lease.Conversation.Traits.IsPrivate && !RoomAccess.IsOwner(caller.User, lease.Conversation))
            throw Refused(RefusalCode.Forbidden);
        if (await settings.SetTopicAsync(caller, lease.Conversation, topic).OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
    }

    public async Task<Room> JoinAsync(string room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!RoomName.TryParse(room, out var name)) throw Refused(RefusalCode.BadName);
        if (await requests.JoinAsync(caller, name, null, null).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw Refused(refusal.Code);
        return caller.In(name.Key)?.Room.ToRoom() ?? throw Refused(RefusalCode.Forbidden);
    }

    public Task LeaveAsync(Room room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!RoomName.TryParse(room.Name, out var name) || caller.In(name.Key) is not { } membership) throw Refused(RefusalCode.NotInRoom);
        requests.Leave(caller, membership, null);
        return Task.CompletedTask;
    }

    public async Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(room, out var name)) throw Refused(RefusalCode.BadName);
        if (await requests.CreatePrivateAsync(caller, name, cancellation).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw Refused(refusal.Code);
        return caller.In(name.Key)?.Room.ToRoom() ?? throw Refused(RefusalCode.Forbidden);
    }

    public async Task InviteAsync(Room room, User user, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        if (!lease.Conversation.Traits.IsPrivate || !RoomAccess.IsOwner(caller.User, lease.Conversation))
            throw Refused(RefusalCode.Forbidden);
        if (await settings.InviteAsync(caller, lease.Conversation, user).OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
    }

    /// <summary>The room, if the caller may see it.</summary>
    private async Task<Lease<RoomConversation>> FindAsync(Room room, CancellationToken cancellation)
    {
        var lease = RoomName.TryParse(room.Name, out var name) ? await conversationRegistry.FindRoomAsync(name, cancellation) : null;
        if (lease is not null && await access.MayEnterAsync(caller.User, lease.Conversation, cancellation)) return lease;
        lease?.Dispose();
        throw Refused(RefusalCode.NoSuchRoom);
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
