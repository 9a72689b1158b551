using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Reading;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// A session on a connection, and the rooms it is in there. Only its own loop and its commands add memberships; others may remove them.
/// A command may outlive the connection: then it adds nothing.
/// </summary>
internal sealed class Attachment
{
    private readonly TaskCompletionSource detached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Guards the memberships, since a command that joins runs beside the loop that waits for it. Only the conversation registry's lock
    /// is taken while it is held.
    /// </summary>
    private readonly Lock gate = new();
    private readonly Dictionary<string, Membership> memberships = [];
    private bool isOver;
    private bool knowsCommands;

    public Attachment(Session session, Connection connection, SessionTexts texts, DirectConversationCache directs)
    {
        (Session, Connection, Texts, Directs) = (session, connection, texts, directs);
        Sender = new Sender(session.User, session.Id, connection, session.Appends, refusal => refusal.SentenceIn(texts));
    }

    public Session Session { get; }

    public Connection Connection { get; }

    public ChatUser User => Session.User;

    /// <summary>The user as mutes know it.</summary>
    public Speaker Speaker => new(User, Session.Id, Connection.Address);

    public SessionTexts Texts { get; }

    public Sender Sender { get; }

    public DirectConversationCache Directs { get; }

    /// <summary>This connection's subscription to direct messages.</summary>
    public Subscriber? DirectSubscriber { get; set; }

    /// <summary>How far the account has read; null for a guest, and before the welcome.</summary>
    public AccountMarks? Marks { get; set; }

    /// <summary>Completes when the session has nothing more to do with this connection.</summary>
    public Task Detached => detached.Task;

    /// <summary>The rooms that the connection is in.</summary>
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

    /// <summary>Whether the connection has ended and left all rooms.</summary>
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

    /// <summary>Notes that the client has a list of the commands.</summary>
    public void KnowsCommands() => Volatile.Write(ref knowsCommands, true);

    /// <summary>Notes that the client's list is outdated.</summary>
    /// <returns>False if the client has none.</returns>
    public bool ForgetCommands() => Interlocked.Exchange(ref knowsCommands, false);

    /// <summary>The membership of the room with that key, or null.</summary>
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

    /// <returns>False if the connection is in that room already, or has ended.</returns>
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

    /// <returns>False if others had removed it: then it does not get <paramref name="left"/>.</returns>
    public bool Leave(Membership membership, DaemonFrame.Left? left = null)
    {
        var hasLeft = membership.Room.Fanout.Leave(membership.Subscriber, left);
        lock (gate)
        {
            Remove(membership);
        }
        return hasLeft;
    }

    public void LeaveAll()
    {
        List<Membership> all;
        lock (gate)
        {
            isOver = true;
            all = [.. memberships.Values]; // also those that others removed: their leases are still open
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
