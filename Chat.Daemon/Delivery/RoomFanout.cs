using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>The subscribers of a room on this node, and what they know of each other's presence.</summary>
internal sealed class RoomFanout(RoomAddress address, PresenceClock presence) : Fanout(address)
{
    private readonly List<Subscriber> subscribers = [];
    private readonly Dictionary<Identity, Attendance> attendance = [];
    private readonly HashSet<Attendance> changed = [];
    private bool isOnClock;

    protected override Lock Gate { get; } = new();

    private string Room => ((RoomAddress)Address).Room;

    /// <summary>Told of a user's first connection here, once that has its <c>joined</c>. Called under the lock: it is quick, and calls nothing back.</summary>
    public Action<Subscriber>? Came { get; init; }

    /// <inheritdoc cref="Came"/>
    /// <summary>Told of a user whose last connection has left.</summary>
    public Action<ChatUser>? Went { get; init; }

    /// <summary>Makes the subscriber a receiver of all that is emitted from now on, kept back until <see cref="Admit"/>. Returns the cut.</summary>
    public long Enter(Subscriber subscriber)
    {
        lock (Gate)
        {
            subscribers.Add(subscriber);
            subscriber.IsPresent = true;
            if (!attendance.TryGetValue(subscriber.User.Identity, out var user)) attendance[subscriber.User.Identity] = user = new Attendance();
            if (++user.Connections == 1)
            {
                user.User = subscriber.User;
                Changed(user);
            }
            return Cursor;
        }
    }

    /// <summary>Queues <c>joined</c> and what came since the cut; false where the subscriber was removed meanwhile.</summary>
    public bool Admit(Subscriber subscriber, in Piece joined)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            subscriber.Begin(joined);
            var user = attendance[subscriber.User.Identity];
            if (!user.IsIn) Came?.Invoke(subscriber);
            return user.IsIn = true;
        }
    }

    /// <summary>Removes the subscriber, from whatever thread, and queues <paramref name="left"/> to it; false where it had left already.</summary>
    public bool Leave(Subscriber subscriber, DaemonFrame.Left? left = null)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            subscribers.Remove(subscriber);
            subscriber.IsPresent = false;
            var user = attendance[subscriber.User.Identity];
            if (--user.Connections == 0) Changed(user);
            else if (user.User == subscriber.User) user.User = subscribers.Find(m => m.User.Identity == user.User.Identity)!.User; // nobody tells a session that is over of a new role
            if (left is not null) subscriber.Connection.Outbox.Reply(left);
            if (user.Connections > 0 || !user.IsIn) return true;
            user.IsIn = false;
            Went?.Invoke(user.User);
            return true;
        }
    }

    /// <summary>The subscribers of one identity: each of its connections that is in the room.</summary>
    public IReadOnlyList<Subscriber> SubscribersOf(Identity identity)
    {
        lock (Gate)
        {
            return subscribers.FindAll(m => m.User.Identity == identity);
        }
    }

    /// <summary>Users here, each once however many connections it has.</summary>
    public int Population
    {
        get
        {
            lock (Gate)
            {
                return attendance.Values.Count(user => user.Connections > 0);
            }
        }
    }

    /// <summary>Everybody here, by name.</summary>
    public IReadOnlyList<ChatUser> Users()
    {
        lock (Gate)
        {
            return [.. attendance.Values.Where(user => user.Connections > 0).Select(user => user.User).OrderBy(user => user.Name.Key, StringComparer.Ordinal)];
        }
    }

    /// <summary>Everybody, by name, behind <paramref name="after"/>. Presence that is due goes out first, so that list and later changes fit together.</summary>
    public IReadOnlyList<MemberEntry> MembersAfter(string? after)
    {
        lock (Gate)
        {
            AnnouncePresence();
            return [.. attendance.Values.Where(u => after is null || string.CompareOrdinal(u.User.Name.Key, after) > 0)
                .OrderBy(u => u.User.Name.Key, StringComparer.Ordinal).Select(u => new MemberEntry(u.User.Name.Text, u.User.Roles))];
        }
    }

    /// <summary>Queues a frame that is not logged to everybody here.</summary>
    public void Notify(in Piece piece)
    {
        lock (Gate)
        {
            foreach (var subscriber in subscribers) subscriber.Deliver(piece);
        }
    }

    /// <summary>Called by the presence clock.</summary>
    public void FlushPresence()
    {
        lock (Gate)
        {
            isOnClock = false;
            AnnouncePresence();
        }
    }

    protected override int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed) => DeliverTo(subscribers, batch, committed);

    private void Changed(Attendance user)
    {
        changed.Add(user);
        if (isOnClock) return;
        isOnClock = true;
        presence.Add(this);
    }

    /// <summary>One frame of who came and who went since the last; who came and went in between is in neither.</summary>
    private void AnnouncePresence()
    {
        var arrived = changed.Where(u => u.Connections > 0 && !u.IsAnnounced).ToList();
        var departed = changed.Where(u => u.Connections == 0 && u.IsAnnounced).ToList();
        foreach (var user in changed)
        {
            user.IsAnnounced = user.Connections > 0;
            if (user.Connections == 0) attendance.Remove(user.User.Identity);
        }
        changed.Clear();
        foreach (var piece in PresenceFrames.Encode(Room, arrived.ConvertAll(u => u.User.Name.Text), departed.ConvertAll(u => u.User.Name.Text)))
            foreach (var subscriber in subscribers) subscriber.Deliver(piece);
    }

    /// <summary>A user in the room, however many connections it has there.</summary>
    private sealed class Attendance
    {
        /// <summary>As one of those connections knows it.</summary>
        public ChatUser User { get; set; } = null!;

        public int Connections { get; set; }

        public bool IsAnnounced { get; set; }

        /// <summary>Whether one of its connections was admitted since the last of them left.</summary>
        public bool IsIn { get; set; }
    }
}
