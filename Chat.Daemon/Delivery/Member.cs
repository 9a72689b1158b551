using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Who one is to others: an account, or a guest's session. Names are free again one day; these are not.</summary>
/// <param name="Key"><c>a</c> and the account's number, or <c>g</c> and the session's.</param>
internal readonly record struct Identity(string Key);

/// <summary>A user as others see it.</summary>
internal sealed record Person(Identity Identity, UserName Name, IReadOnlyList<string> Roles)
{
    public bool IsGuest => Identity.Key[0] == 'g';
}

/// <summary>A connection as receiver of one conversation. Its fields are guarded by the lock of the fan-out that holds it.</summary>
internal sealed class Member(Connection connection, Person person)
{
    private List<Piece>? held = [];

    public Connection Connection { get; } = connection;

    public Person Person { get; set; } = person;

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
