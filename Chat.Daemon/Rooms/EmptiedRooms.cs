using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Rooms that nobody uses any more and that seem to have no message, each once until it is taken. Safe from any thread.</summary>
internal sealed class EmptiedRooms
{
    private readonly ConcurrentDictionary<ConversationId, RoomName> due = new();
    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Quick, so that it may be called under a lock.</summary>
    public void Add(ConversationId id, RoomName name)
    {
        due[id] = name;
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Waits until there are some.</summary>
    public async ValueTask<IReadOnlyList<(ConversationId Id, RoomName Name)>> TakeAsync(CancellationToken cancellation)
    {
        await wakes.Reader.ReadAsync(cancellation);
        var taken = new List<(ConversationId, RoomName)>();
        foreach (var id in due.Keys)
            if (due.TryRemove(id, out var name)) taken.Add((id, name));
        return taken;
    }
}
