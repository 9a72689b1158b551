using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IRooms"/>
internal sealed class RoomsCapability(
    Attachment caller, RoomRequests requests, RoomDirectory directory, RoomSettings settings, RoomDeletion deletion) : IRooms
{
    private const int MaxNames = 500;
    private const int MaxDays = 36_500, MaxMessages = 1_000_000_000;

    public async ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation)
    {
        var rooms = await directory.ListAsync(caller.User, key => caller.In(key) is not null, cancellation);
        return [.. rooms.Select(found => new RoomSummary(
            new Room($"{found.Room.Id.Value}", found.Room.Name, found.Room.Private == true), found.Room.Topic ?? "", found.Users))];
    }

    public ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation) =>
        directory.ListNamesAsync(caller.User, prefix, Math.Clamp(limit, 0, MaxNames), cancellation);

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
        if (await requests.JoinAsync(caller, name, default, null).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
        return caller.In(name.Key)?.Room.ToRoom() ?? throw Refused(RefusalCode.Forbidden);
    }

    public async Task LeaveAsync(Room room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!RoomName.TryParse(room.Name, out var name)) throw Refused(RefusalCode.NotInRoom);
        if (await requests.LeaveAsync(caller, name, null).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
    }

    public async Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(room, out var name)) throw Refused(RefusalCode.BadName);
        if (await requests.CreatePrivateAsync(caller, name, cancellation).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
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

    public async ValueTask<Retention> GetRetentionAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return await settings.Retention.OfAsync(lease.Conversation, cancellation);
    }

    public async Task SetRetentionAsync(Room room, int? days, int? messages, CancellationToken cancellation)
    {
        if (days is < 0 or > MaxDays || messages is < 0 or > MaxMessages) throw Refused(RefusalCode.BadArguments);
        using var lease = await FindAsync(room, cancellation);
        if (await settings.Retention.SetAsync(caller.User, lease.Conversation, days, messages).OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
    }

    public async Task DeleteAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        if (await deletion.DeleteAsync(lease.Conversation, caller.User, cancellation).OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
    }

    /// <summary>The room, if the caller may see it.</summary>
    private async Task<Lease<RoomConversation>> FindAsync(Room room, CancellationToken cancellation) =>
        await directory.FindAsync(caller.User, room.Name, cancellation) ?? throw Refused(RefusalCode.NoSuchRoom);

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
