using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>The users who are online, by identity. Each connection of a user receives the user's direct messages.</summary>
internal sealed class OnlineUsers
{
    private readonly Dictionary<Identity, List<Subscriber>> online = [];

    /// <summary>Guards all subscribers here, and the cursors of the direct conversations.</summary>
    public Lock Gate { get; } = new();

    /// <summary>From now on the connection receives its user's direct messages. They are held back until <see cref="Welcome"/>.</summary>
    public (Subscriber Subscriber, Cut Cut) Attach(Connection connection, ChatUser user)
    {
        var subscriber = new Subscriber(connection, user) { IsPresent = true };
        lock (Gate)
        {
            if (!online.TryGetValue(user.Identity, out var subscribers)) online[user.Identity] = subscribers = [];
            subscribers.Add(subscriber);
            return (subscriber, subscriber.Open(0, 0));
        }
    }

    /// <summary>Queues the frame, then what was held back.</summary>
    /// <param name="told">Conversations whose cursor the frame tells.</param>
    /// <param name="welcome">Called while the cursors cannot move: must be quick.</param>
    public void Welcome(Subscriber subscriber, Cut cut, IReadOnlyCollection<Fanout> told, Func<Piece> welcome)
    {
        lock (Gate)
        {
            if (subscriber.IsPresent) subscriber.Close(cut, welcome(), told);
        }
    }

    public void Detach(Subscriber subscriber)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return;
            subscriber.Leave();
            var subscribers = online[subscriber.User.Identity];
            subscribers.Remove(subscriber);
            if (subscribers.Count == 0) online.Remove(subscriber.User.Identity);
        }
    }

    public bool IsOnline(Identity identity)
    {
        lock (Gate)
        {
            return online.ContainsKey(identity);
        }
    }

    /// <summary>Whether a message could reach the user: a guest who is offline may never come back to read it.</summary>
    public bool CanReceive(ChatUser user) => !user.IsGuest || IsOnline(user.Identity);

    /// <summary>Queues a frame that is not logged to all connections of a user.</summary>
    public void Notify(Identity identity, in Piece piece)
    {
        lock (Gate)
        {
            foreach (var subscriber in ConnectionsOf(identity)) subscriber.Deliver(piece);
        }
    }

    /// <summary>Queues a frame that is not logged to the user's connections but one.</summary>
    /// <param name="frame">Called only if there are others, under the lock: must be quick.</param>
    /// <returns>How many others there are.</returns>
    public int NotifyOthers(Subscriber but, Func<DaemonFrame> frame)
    {
        lock (Gate)
        {
            var connections = ConnectionsOf(but.User.Identity);
            if (connections.Count <= 1) return 0;
            var piece = Outbox.Encoded(frame());
            foreach (var subscriber in connections)
                if (subscriber != but) subscriber.Deliver(piece);
            return connections.Count - 1;
        }
    }

    /// <summary>Only while <see cref="Gate"/> is held.</summary>
    public List<Subscriber> ConnectionsOf(Identity identity) => online.GetValueOrDefault(identity) ?? [];
}
