using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The conversations that are live: there is one object for each, so one sequencer and one fan-out. Who uses one holds a lease;
/// one that nobody has held for a while is dropped, and opened again from the log when it is wanted.
/// </summary>
internal sealed class ConversationRegistry(
    IMessageLog log, ConversationStore store, OnlineUsers peers, PresenceClock presence, DaemonMetrics metrics, TimeProvider time, ILogger<ConversationRegistry> logger)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    /// <summary>Guards the dictionary and the leases. Nothing is called under it.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<ConversationId, Conversation> live = [];
    private readonly Dictionary<string, RoomConversation> rooms = [];

    public ConversationFeed Feed { get; } = new();

    /// <summary>The room of that name, or null where there is none.</summary>
    public async ValueTask<Lease<RoomConversation>?> FindRoomAsync(RoomName name, CancellationToken cancellation)
    {
        if (HoldRoom(name) is { } held) return held;
        return await store.FindRoomAsync(name, cancellation) is { } record ? HoldRoom(record) : null;
    }

    /// <summary>The room of that name, made by <paramref name="creator"/> where there is none.</summary>
    public async ValueTask<Lease<RoomConversation>> OpenRoomAsync(RoomName name, Identity creator, CancellationToken cancellation) =>
        await FindRoomAsync(name, cancellation) ?? HoldRoom(await store.CreateRoomAsync(name, creator.Key));

    /// <summary>A room for its owner and those it invites; null where there is a room of that name.</summary>
    public async Task<Lease<RoomConversation>?> CreatePrivateRoomAsync(RoomName name, Identity owner) =>
        await store.CreatePrivateRoomAsync(name, owner.Key) is { } record ? HoldRoom(record) : null;

    /// <summary>The direct conversation of the two, begun where there is none.</summary>
    public async ValueTask<Lease<DirectConversation>> OpenDirectAsync(ChatUser one, ChatUser other, CancellationToken cancellation) => HoldDirect(
        one, await store.FindOrCreateDirectAsync(new(one.Identity.Key, one.Name), new(other.Identity.Key, other.Name), cancellation));

    /// <param name="one">Who sees it as <paramref name="record"/> says.</param>
    public Lease<DirectConversation> HoldDirect(ChatUser one, StoredDirect record)
    {
        lock (gate)
        {
            return Hold(live.GetValueOrDefault(record.Id) as DirectConversation ?? Add(one, record));
        }
    }

    /// <summary>How many users are in each room that is live.</summary>
    public IReadOnlyDictionary<ConversationId, int> Populations()
    {
        List<RoomConversation> all;
        lock (gate)
        {
            all = [.. rooms.Values];
        }
        return all.ToDictionary(room => room.Id, room => room.Fanout.Population);
    }

    /// <summary>Drops what nobody has held for a while, and ids of silent sessions. Called by a clock.</summary>
    public void Sweep()
    {
        List<Conversation> kept = [];
        lock (gate)
        {
            foreach (var conversation in live.Values.ToList())
            {
                if (conversation.Uses > 0 || time.GetElapsedTime(conversation.IdleSince) < IdleTime || !conversation.Sequencer.IsIdle) kept.Add(conversation);
                else Drop(conversation);
            }
        }
        foreach (var conversation in kept) conversation.Sequencer.Forget();
    }

    public void Release(Conversation conversation)
    {
        lock (gate)
        {
            if (--conversation.Uses == 0) conversation.IdleSince = time.GetTimestamp();
        }
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
            return Hold(rooms.GetValueOrDefault(record.Key) ?? Add(record));
        }
    }

    private Lease<T> Hold<T>(T conversation) where T : Conversation
    {
        conversation.Uses++;
        return new Lease<T>(conversation, this);
    }

    private RoomConversation Add(StoredRoom record)
    {
        if (!RoomName.TryParse(record.Name, out var name)) throw new InvalidDataException($"The database holds room {record.Id.Value}, whose name is none.");
        RoomConversation room = null!;
        var fanout = new RoomFanout(new RoomAddress(name.Text), presence) { Came = subscriber => Feed.Joined?.Invoke(room, subscriber), Went = user => Feed.Left?.Invoke(room, user) };
        var sequencer = new Sequencer(record.Id, log, fanout, metrics, time, logger) { Committed = batch => Feed.Posted?.Invoke(room, batch) };
        room = new RoomConversation(record.Id, name, fanout, sequencer, log);
        room.Traits = new RoomTraits(record.Topic ?? "", record.Private == true ? record.Owner : null);
        live[record.Id] = rooms[name.Key] = room;
        return room;
    }

    private DirectConversation Add(ChatUser one, StoredDirect record)
    {
        var fanout = new DirectFanout(new DirectAddress(one.Name.Text, record.OtherName), peers, one.Identity, new(record.OtherIdentity));
        DirectConversation direct = null!;
        var sequencer = new Sequencer(record.Id, log, fanout, metrics, time, logger) { Committed = batch => Feed.Posted?.Invoke(direct, batch) };
        direct = new DirectConversation(record.Id, fanout, sequencer, log);
        live[record.Id] = direct;
        return direct;
    }

    private void Drop(Conversation conversation)
    {
        live.Remove(conversation.Id);
        if (conversation is RoomConversation room) rooms.Remove(room.Name.Key);
    }
}

/// <summary>Keeps a conversation live until it is disposed of, once.</summary>
internal sealed class Lease<T>(T conversation, ConversationRegistry registry) : IDisposable where T : Conversation
{
    private bool isReleased;

    public T Conversation => conversation;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isReleased, true)) return;
        registry.Release(conversation);
    }
}
