using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>A connection as receiver of one conversation. Its fields are guarded by the lock of the fan-out that holds it.</summary>
internal sealed class Subscriber(Connection connection, ChatUser user)
{
    private List<Piece>? held = [];

    public Connection Connection { get; } = connection;

    public ChatUser User => user;

    /// <summary>The connection's; empty where nobody asks for it.</summary>
    public string Language { get; init; } = "";

    public bool IsPresent { get; set; }

    /// <summary>Its own messages in the batch that is being emitted.</summary>
    public int Echoes { get; set; }

    /// <summary>Queues a delivery, or keeps it until the frame that must come first has been queued.</summary>
    public void Deliver(in Piece piece)
    {
        if (held is null) Connection.Outbox.Deliver(piece);
        else held.Add(piece);
    }

    /// <summary>Queues the frame that must come first, and behind it what was kept meanwhile: asked for with it, so it does not count as a delivery.</summary>
    public void Begin(in Piece first)
    {
        Connection.Outbox.Reply(first);
        foreach (var piece in held ?? []) Connection.Outbox.Reply(piece);
        held = null;
    }
}
