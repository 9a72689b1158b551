using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Reading;

/// <summary>
/// The rooms on the lists of accounts. What changes the list of one account, and who of it is in a room, happens one after the other, in
/// the account's turn: so a join and a kick cannot cross. A change is stored first. Safe from any thread.
/// </summary>
internal sealed class RoomLists(
    ReadMarks marks, RoomListStore roomListStore, ConversationRegistry conversationRegistry, RoomAccess access, OptionsSource options)
{
    private readonly NameTurns turns = new();

    /// <summary>Waits for the account's turn, which lasts until it is disposed of. A guest has no list, and waits for nothing.</summary>
    public async ValueTask<IDisposable?> TakeTurnAsync(Identity user, CancellationToken cancellation) =>
        user.IsGuest ? null : await turns.TakeAsync(user.Key, cancellation);

    /// <summary>
    /// Loads the list for a connection that begins. Takes the rooms off it that the account may no longer enter. A new account's list is
    /// the default room.
    /// </summary>
    /// <returns>The rooms on the list.</returns>
    public async Task<IReadOnlyList<ListedRoom>> LoadAsync(ChatUser user, AccountMarks loaded, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(user.Identity, cancellation);
        var listed = await roomListStore.ReadAsync(loaded.Account, cancellation) ?? await BeginAsync(user, loaded.Account, cancellation);
        loaded.Load(listed);
        foreach (var room in listed.Where(room => !access.MayEnter(user, room))) await TakeOffAsync(user.Identity, room.Id, room.Name);
        return [.. listed.Where(room => access.MayEnter(user, room))];
    }

    /// <summary>The rooms on the user's list that the user may enter now.</summary>
    public async ValueTask<IReadOnlyList<ListedRoom>> OfAsync(ChatUser user, CancellationToken cancellation) =>
        user.Identity.Account is { } account && await roomListStore.ReadAsync(account, cancellation) is { } listed
            ? [.. listed.Where(room => access.MayEnter(user, room))]
            : [];

    /// <summary>Puts a room on the user's list. Call it in the user's turn.</summary>
    /// <returns>False if there is no place for it, the room is deleted, or the account is erased or banned.</returns>
    public async ValueTask<bool> AddAsync(AccountMarks user, RoomConversation room)
    {
        if (user.IsListed(room.Id)) return true;
        if (user.Rooms >= ProtocolLimits.RoomsPerConnection) return false;
        var read = room.Fanout.Cursor;
        if (!await roomListStore.AddAsync(user.Account, room.Id, read)) return false;
        user.List(room.Id, read);
        return true;
    }

    /// <summary>Takes a room off the user's list. Call it in the user's turn.</summary>
    /// <returns>False if it was not on the list.</returns>
    public async ValueTask<bool> RemoveAsync(Identity user, ConversationId room)
    {
        if (user.Account is not { } account) return false;
        var wasStored = await roomListStore.RemoveAsync(account, room);
        marks.Find(user)?.Unlist(room); // a list that began on a full disk is not stored
        return wasStored;
    }

    /// <summary>The room on the user's list that has the name.</summary>
    /// <returns>Null if there is none.</returns>
    public async ValueTask<Lease<RoomConversation>?> FindAsync(AccountMarks user, RoomName name, CancellationToken cancellation)
    {
        var lease = await conversationRegistry.FindRoomAsync(name, cancellation);
        if (lease is not null && user.IsListed(lease.Conversation.Id)) return lease;
        lease?.Dispose();
        return null;
    }

    /// <summary>Takes the rooms off an account's list that it may no longer enter, and its connections out of them.</summary>
    public async Task CheckAsync(ChatUser user, CancellationToken cancellation)
    {
        if (user.Identity.Account is not { } account) return;
        using var turn = await TakeTurnAsync(user.Identity, cancellation);
        foreach (var room in await roomListStore.ReadAsync(account, cancellation) ?? [])
            if (!access.MayEnter(user, room)) await TakeOffAsync(user.Identity, room.Id, room.Name);
    }

    private async Task TakeOffAsync(Identity user, ConversationId id, RoomName name)
    {
        await RemoveAsync(user, id);
        if (!conversationRegistry.FanoutsOf([id]).TryGetValue(id, out var found) || found is not Delivery.RoomFanout fanout) return;
        foreach (var subscriber in fanout.SubscribersOf(user))
            fanout.Leave(subscriber, new DaemonFrame.Left(name.Text, LeftReason.NoAccess));
    }

    private async Task<IReadOnlyList<ListedRoom>> BeginAsync(ChatUser user, long account, CancellationToken cancellation)
    {
        using var lease = await conversationRegistry.OpenRoomAsync(
            options.Current.DefaultRoom, user.Identity, mayLookAlike: true, cancellation);
        var room = lease!.Conversation;
        await room.Sequencer.ReadyAsync();
        try
        {
            await roomListStore.BeginAsync(account, room.Id, room.Fanout.Cursor);
            return await roomListStore.ReadAsync(account, cancellation) ?? []; // rooms may have come before the list was begun
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            // The writer has told the operator. Logins go on, and a later one begins the list.
            return [new ListedRoom(room.Id, room.Name, room.Fanout.Cursor, IsPrivate: false, Owner: null, IsInvited: false)];
        }
    }
}
