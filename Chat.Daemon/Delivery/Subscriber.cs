using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>A connection that receives one conversation. Its fields are guarded by the lock of the fan-out that holds it.</summary>
internal sealed class Subscriber(Connection connection, ChatUser user)
{
    private List<(Piece Piece, Fanout? Source)>? held = [];

    public Connection Connection { get; } = connection;

    public ChatUser User => user;

    /// <summary>The connection's language; empty if nothing asks for it.</summary>
    public string Language { get; init; } = "";

    public bool IsPresent { get; set; }

    /// <summary>Its own messages in the batch that is being delivered.</summary>
    public int Echoes { get; set; }

    /// <summary>Queues a delivery, or holds it back until <see cref="Begin"/>.</summary>
    /// <param name="source">The conversation whose message it is; null for a frame without a number.</param>
    public void Deliver(in Piece piece, Fanout? source = null)
    {
        if (held is null) Connection.Outbox.Deliver(piece);
        else held.Add((piece, source));
    }

    /// <summary>
    /// Queues the frame that must come first, then what was held back. The client asked for all of it, so none of it counts as a
    /// delivery.
    /// </summary>
    /// <param name="covered">Conversations whose cursor <paramref name="first"/> tells. What was held back of them is before the
    /// cut.</param>
    public void Begin(in Piece first, IReadOnlyCollection<Fanout>? covered = null)
    {
        Connection.Outbox.Reply(first);
        foreach (var (piece, source) in held ?? [])
            if (source is null || covered?.Contains(source) != true) Connection.Outbox.Reply(piece);
        held = null;
    }
}
