using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The live conversations: one object each, so one sequencer and one fan-out. Users of a conversation hold a lease. A conversation
/// without leases is dropped after a while, and opened again from the log when somebody needs it.
/// </summary>
internal sealed class ConversationRegistry(
    ConversationFactory factory, ConversationStore conversationStore, EmptiedRooms emptiedRooms, TimeProvider time) : IPeriodicTask
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    /// <summary>Guards the dictionaries and the leases. Nothing is called while it is held, except the factory.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<ConversationId, Conversation> live = [];
    private readonly Dictionary<string, RoomConversation> rooms = [];
    private readonly NameTurns turns = new();

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(1);

    /// <returns>Null if there is no room of that name.</returns>
    public async ValueTask<Lease<RoomConversation>?> FindRoomAsync(RoomName name, CancellationToken cancellation)
    {
        if (HoldRoom(name) is { } held) return held;
        using var turn = await TakeTurnAsync(name, cancellation);
        return HoldRoom(name) ?? (await conversationStore.FindRoomAsync(name, cancellation) is { } record ? HoldRoom(record) : null);
    }

    /// <returns>Null if the room is gone, though another may have its name.</returns>
    public async ValueTask<Lease<RoomConversation>?> FindRoomAsync(Room room, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(room.Name, out var name) || await FindRoomAsync(name, cancellation) is not { } lease) return null;
        if ($"{lease.Conversation.Id.Value}" == room.Id) return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>The room of that name, created by <paramref name="creator"/> if there is none.</summary>
    /// <param name="mayLookAlike">Whether another room's name may look like it.</param>
    /// <returns>Null if another room has a name that looks alike.</returns>
    public async ValueTask<Lease<RoomConversation>?> OpenRoomAsync(
        RoomName name, Identity creator, bool mayLookAlike, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(name, cancellation);
        if (HoldRoom(name) is { } held) return held;
        return await conversationStore.CreateRoomAsync(name, creator.Key, mayLookAlike) is { } record ? HoldRoom(record) : null;
    }

    /// <summary>Creates a room for its owner and the users that the owner invites.</summary>
    /// <returns>Null if a room has that name, or one that looks alike.</returns>
    public async Task<Lease<RoomConversation>?> CreatePrivateRoomAsync(RoomName name, Identity owner, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(name, cancellation);
        return await conversationStore.CreatePrivateRoomAsync(name, owner.Key) is { } record ? HoldRoom(record) : null;
    }

    /// <summary>Keeps others from opening, creating or deleting the room of that name. A room that is live can still be held.</summary>
    public ValueTask<IDisposable> TakeTurnAsync(RoomName name, CancellationToken cancellation) => turns.TakeAsync(name.Key, cancellation);

    /// <summary>Whether users of the room's name get this object. Stays so during the name's turn.</summary>
    public bool IsLive(RoomConversation room)
    {
        lock (gate)
        {
            return live.GetValueOrDefault(room.Id) == room;
        }
    }

    /// <summary>Forgets a room that was deleted. Those who hold it find it closed. Call it in the name's turn.</summary>
    public void Remove(RoomConversation room)
    {
        lock (gate)
        {
            Drop(room);
        }
    }

    /// <summary>Forgets the room, if it is live, unless somebody uses it. Call it in the name's turn.</summary>
    /// <returns>False if somebody uses it.</returns>
    public bool TryRemoveIdle(ConversationId room)
    {
        lock (gate)
        {
            if (!live.TryGetValue(room, out var found)) return true;
            if (found.Leases > 0 || !found.Sequencer.TryClose()) return false;
            Drop(found);
            return true;
        }
    }

    /// <summary>The direct conversation of two users, created if there is none.</summary>
    public async ValueTask<Lease<DirectConversation>> OpenDirectAsync(ChatUser one, ChatUser other, CancellationToken cancellation) =>
        HoldDirect(
            one,
            await conversationStore.FindOrCreateDirectAsync(
                new(one.Identity.Key, one.Name), new(other.Identity.Key, other.Name), cancellation));

    /// <param name="user">The side of the conversation that <paramref name="record"/> describes.</param>
    public Lease<DirectConversation> HoldDirect(ChatUser user, StoredDirect record)
    {
        lock (gate)
        {
            if (live.GetValueOrDefault(record.Id) is DirectConversation known) return Hold(known);
            var direct = factory.Direct(user, record);
            live[record.Id] = direct;
            return Hold(direct);
        }
    }

    /// <summary>The fan-outs of those conversations that are live.</summary>
    public IReadOnlyDictionary<ConversationId, Fanout> FanoutsOf(IEnumerable<ConversationId> ids)
    {
        lock (gate)
        {
            return ids.Where(live.ContainsKey).ToDictionary(id => id, id => live[id].Fanout);
        }
    }

    /// <summary>Gives a user another name in its live direct conversations.</summary>
    public void Rename(Identity user, string name)
    {
        lock (gate)
        {
            foreach (var direct in live.Values.OfType<DirectConversation>()) direct.Fanout.Rename(user, name);
        }
    }

    /// <summary>
    /// The database works again: opens the logs of those that could not be opened meanwhile, and delivers what was stored after all.
    /// </summary>
    public void Reopen()
    {
        List<Conversation> all;
        lock (gate)
        {
            all = [.. live.Values];
        }
        foreach (var conversation in all) _ = conversation.Sequencer.ReadyAsync();
    }

    /// <summary>The number of users in each live room.</summary>
    public IReadOnlyDictionary<ConversationId, int> Populations()
    {
        List<RoomConversation> all;
        lock (gate)
        {
            all = [.. rooms.Values];
        }
        return all.ToDictionary(room => room.Id, room => room.Fanout.Present.Count);
    }

    /// <summary>May be called under an attachment's lock.</summary>
    public void Release(Conversation conversation)
    {
        lock (gate)
        {
            if (--conversation.Leases > 0) return;
            conversation.IdleSince = time.GetTimestamp();
        }
        // A cursor of 0 may also mean that nobody has read where the log ends.
        if (conversation is RoomConversation { Fanout.Cursor: 0 } room) emptiedRooms.Add(room.Id, room.Name);
    }

    /// <summary>Drops conversations that nobody has used for a while, and the client ids of silent sessions.</summary>
    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        List<Conversation> kept = [];
        lock (gate)
        {
            foreach (var conversation in live.Values.ToList())
            {
                var isUsed = conversation.Leases > 0 || time.GetElapsedTime(conversation.IdleSince) < IdleTime;
                if (isUsed || !conversation.Sequencer.IsIdle) kept.Add(conversation);
                else Drop(conversation);
            }
        }
        foreach (var conversation in kept) conversation.Sequencer.ForgetSilentSessions();
        return Task.CompletedTask;
    }

    private Lease<RoomConversation>? HoldRoom(RoomName name)
    {
        lock (gate)
        {
            return rooms.TryGetValue(name.Key, out var room) ? Hold(room) : null;
        }
    }

    private Lease<RoomConversation> HoldRoom(StoredRoom record)
    {
        lock (gate)
        {
            if (rooms.TryGetValue(record.Key, out var known)) return Hold(known);
            var room = factory.Room(record);
            live[record.Id] = rooms[room.Name.Key] = room;
            return Hold(room);
        }
    }

    private Lease<T> Hold<T>(T conversation) where T : Conversation
    {
        conversation.Leases++;
        return new Lease<T>(conversation, this);
    }

    private void Drop(Conversation conversation)
    {
        live.Remove(conversation.Id);
        if (conversation is RoomConversation room) rooms.Remove(room.Name.Key);
    }
}
