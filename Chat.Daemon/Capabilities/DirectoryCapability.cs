using System.Globalization;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IDirectory"/>
internal sealed class DirectoryCapability(
    IEntityDirectory entities, SessionRegistry sessionRegistry, ConversationRegistry conversationRegistry,
    ConversationStore conversationStore, RoomListStore roomListStore) : IDirectory
{
    private const int PageSize = 500;

    public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) => entities.FindUserAsync(name, cancellation);

    public async ValueTask<Room?> FindRoomAsync(string name, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(name, out var parsed)) return null;
        using var lease = await conversationRegistry.FindRoomAsync(parsed, cancellation);
        return lease?.Conversation.ToRoom();
    }

    public async ValueTask<FoundMessage?> FindMessageAsync(Room room, long number, CancellationToken cancellation)
    {
        using var lease = await conversationRegistry.FindRoomAsync(room, cancellation);
        return lease is not null && await lease.Conversation.FindAsync(number, null, cancellation) is { Erased: false } found
            ? new(found.Seq, found.From, DateTimeOffset.FromUnixTimeMilliseconds(found.AtMs), found.Text, room.Name, null)
            : null;
    }

    public async ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellation)
    {
        var populations = conversationRegistry.Populations();
        var all = new List<RoomSummary>();
        IReadOnlyList<StoredRoom> page;
        for (var after = ""; (page = await conversationStore.RoomsAsync(after, PageSize, cancellation)).Count > 0; after = page[^1].Key)
            all.AddRange(page.Select(room => SummaryOf(room, populations.GetValueOrDefault(room.Id))));
        return all;
    }

    public async ValueTask<IReadOnlyList<User>> ListPresentAsync(Room room, CancellationToken cancellation)
    {
        using var lease = await conversationRegistry.FindRoomAsync(room, cancellation);
        return lease is null ? [] : [.. lease.Conversation.Fanout.Present.Select(member => member.User.ToUser())];
    }

    public async ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation)
    {
        var id = new ConversationId(long.Parse(room.Id, CultureInfo.InvariantCulture));
        var members = await roomListStore.MembersAsync(id, cancellation);
        return [.. members.Select(member => new User(Identity.OfAccount(member.Account).Key, member.Name, member.Role))];
    }

    public IReadOnlyList<User> ListOnline() =>
    [
        .. sessionRegistry.Attached().DistinctBy(session => session.Identity).OrderBy(session => session.Name.Key, StringComparer.Ordinal)
            .Select(session => session.User.ToUser()),
    ];

    public bool IsOnline(User user) =>
        sessionRegistry.SessionsOf(new Identity(user.Id)).Any(session => sessionRegistry.CurrentOf(session) is not null);

    private static RoomSummary SummaryOf(StoredRoom room, int users) =>
        new(new Room($"{room.Id.Value}", room.Name, room.Private == true), room.Topic ?? "", users);
}
