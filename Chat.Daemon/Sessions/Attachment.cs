using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// A session on a connection: what it is a subscriber of there. Memberships are added by its own loop and commands alone; others may take them away.
/// A command may run on when the connection is gone: it adds nothing any more.
/// </summary>
internal sealed class Attachment
{
    private readonly TaskCompletionSource detached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    /// <summary>Guards the memberships: a command that joins runs beside the loop that waits for it. Under it only the conversation registry's lock is taken.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<string, Membership> memberships = [];
    private bool isOver;
    private bool knowsCommands;

    public Attachment(Session session, Connection connection, SessionTexts texts, DirectConversationCache directs)
    {
        (Session, Connection, Texts, Directs) = (session, connection, texts, directs);
        Sender = new Sender(session.User, session.Id, connection, session.Appends, texts.Of);
    }

    public Session Session { get; }

    public Connection Connection { get; }

    public ChatUser User => Session.User;

    public SessionTexts Texts { get; }

    public Sender Sender { get; }

    public DirectConversationCache Directs { get; }

    /// <summary>This connection as receiver of direct messages.</summary>
    public Subscriber? DirectSubscriber { get; set; }

    /// <summary>Completes when nothing more happens on this connection for the session.</summary>
    public Task Detached => detached.Task;

    /// <summary>The rooms it is in.</summary>
    public IReadOnlyList<Membership> Rooms
    {
        get
        {
            lock (gate)
            {
                return [.. memberships.Values.Where(m => m.Subscriber.IsPresent)];
            }
        }
    }

    /// <summary>Whether it has left all rooms, for good.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
            {
                return isOver;
            }
        }
    }

    /// <summary>It was told which commands there are.</summary>
    public void KnowsCommands() => Volatile.Write(ref knowsCommands, true);

    /// <summary>False where it knew none.</summary>
    public bool ForgetCommands() => Interlocked.Exchange(ref knowsCommands, false);

    /// <summary>The membership of the room of that key; null where it is in no such room, or no longer.</summary>
    public Membership? In(string roomKey)
    {
        lock (gate)
        {
            if (!memberships.TryGetValue(roomKey, out var membership)) return null;
            if (membership.Subscriber.IsPresent) return membership;
            Remove(membership);
            return null;
        }
    }

    /// <summary>False where it is in that room already, or is over.</summary>
    public bool TryAdd(Membership membership)
    {
        lock (gate)
        {
            var there = memberships.GetValueOrDefault(membership.Room.Name.Key);
            if (isOver || there is { Subscriber.IsPresent: true }) return false;
            if (there is not null) Remove(there);
            memberships[membership.Room.Name.Key] = membership;
            return true;
        }
    }

    public void Leave(Membership membership, DaemonFrame.Left? left = null)
    {
        membership.Room.Fanout.Leave(membership.Subscriber, left);
        lock (gate)
        {
            Remove(membership);
        }
    }

    public void LeaveAll()
    {
        List<Membership> all;
        lock (gate)
        {
            isOver = true;
            all = [.. memberships.Values]; // also those that others took away: their leases are held yet
        }
        foreach (var membership in all) Leave(membership);
        Directs.Dispose();
    }

    public void SetDetached() => detached.SetResult();

    private void Remove(Membership membership)
    {
        if (memberships.GetValueOrDefault(membership.Room.Name.Key) == membership) memberships.Remove(membership.Room.Name.Key);
        membership.Lease.Dispose();
    }
}

/// <summary>A connection in a room.</summary>
internal sealed record Membership(Lease<RoomConversation> Lease, Subscriber Subscriber)
{
    public RoomConversation Room => Lease.Conversation;
}
