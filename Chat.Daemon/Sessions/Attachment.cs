using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>A session on a connection: what it is a member of there. Memberships are added by the connection's loop alone; others may take them away.</summary>
internal sealed class Attachment
{
    private readonly TaskCompletionSource detached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Membership> memberships = [];

    public Attachment(Session session, Connection connection, Person person, RefusalTexts texts)
    {
        (Session, Connection, Person, Texts) = (session, connection, person, texts);
        Sender = new Sender(person.Name.Text, session.Id, connection, session.Appends, texts.Of);
    }

    public Session Session { get; }

    public Connection Connection { get; }

    public Person Person { get; }

    public RefusalTexts Texts { get; }

    public Sender Sender { get; }

    /// <summary>This connection as receiver of direct messages.</summary>
    public Member? Peer { get; set; }

    /// <summary>Completes when nothing more happens on this connection for the session.</summary>
    public Task Detached => detached.Task;

    /// <summary>The rooms it is in.</summary>
    public IEnumerable<Membership> Rooms => memberships.Values.Where(m => m.Member.IsPresent);

    /// <summary>The membership of the room of that key; null where it is in no such room, or no longer.</summary>
    public Membership? In(string roomKey)
    {
        if (!memberships.TryGetValue(roomKey, out var membership)) return null;
        if (membership.Member.IsPresent) return membership;
        Remove(membership);
        return null;
    }

    public void Add(Membership membership) => memberships[membership.Room.Name.Key] = membership;

    public void Leave(Membership membership, DaemonFrame.Left? left = null)
    {
        membership.Room.Fanout.Leave(membership.Member, left);
        Remove(membership);
    }

    public void LeaveAll()
    {
        foreach (var membership in memberships.Values.ToList()) Leave(membership);
    }

    public void SetDetached() => detached.SetResult();

    private void Remove(Membership membership)
    {
        memberships.Remove(membership.Room.Name.Key);
        membership.Lease.Dispose();
    }
}

/// <summary>A connection in a room.</summary>
internal sealed record Membership(Lease<RoomConversation> Lease, Member Member)
{
    public RoomConversation Room => Lease.Conversation;
}
