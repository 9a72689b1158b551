using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Delivers to the subscribers of a room, and tells them who joined and left.</summary>
internal sealed class RoomFanout(RoomAddress address, TimeProvider time) : Fanout(address)
{
    /// <summary>
    /// Presence changes are collected for this long: soon enough for people, long enough for a rush to fit in a few frames.
    /// </summary>
    private static readonly TimeSpan PresenceDelay = TimeSpan.FromMilliseconds(250);

    private readonly List<Subscriber> subscribers = [];
    private readonly Dictionary<Identity, RoomMember> members = [];
    private readonly HashSet<RoomMember> changed = [];

    /// <summary>Set while changes wait to be announced.</summary>
    private ITimer? presenceTimer;

    protected override Lock Gate { get; } = new();

    /// <summary>
    /// Called with a user's first connection in the room once it has its <c>joined</c>. Called under the lock: must be quick.
    /// </summary>
    public Action<Subscriber>? Joined { get; init; }

    /// <summary>Called when a user's last connection has left the room. Called under the lock: must be quick.</summary>
    public Action<ChatUser>? Left { get; init; }

    /// <summary>The number of users in the room.</summary>
    public int Population
    {
        get
        {
            lock (Gate)
            {
                return members.Values.Count(member => member.Connections > 0);
            }
        }
    }

    /// <summary>Subscribes the connection. Deliveries are held back until <see cref="Admit"/>.</summary>
    /// <returns>The cut: later numbers will be delivered.</returns>
    public long Enter(Subscriber subscriber)
    {
        lock (Gate)
        {
            subscribers.Add(subscriber);
            subscriber.IsPresent = true;
            if (!members.TryGetValue(subscriber.User.Identity, out var member))
                members[subscriber.User.Identity] = member = new RoomMember { User = subscriber.User };
            if (++member.Connections == 1)
            {
                member.User = subscriber.User;
                MarkChanged(member);
            }
            return Cursor;
        }
    }

    /// <summary>Queues <c>joined</c>, then the deliveries since the cut.</summary>
    /// <returns>False if the subscriber was removed meanwhile.</returns>
    public bool Admit(Subscriber subscriber, in Piece joined)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            subscriber.Begin(joined);
            var member = members[subscriber.User.Identity];
            if (!member.IsAdmitted) Joined?.Invoke(subscriber);
            return member.IsAdmitted = true;
        }
    }

    /// <summary>Removes the subscriber, from any thread, and sends it <paramref name="left"/>.</summary>
    /// <returns>False if it had left already.</returns>
    public bool Leave(Subscriber subscriber, DaemonFrame.Left? left = null)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            subscribers.Remove(subscriber);
            subscriber.IsPresent = false;
            var member = members[subscriber.User.Identity];
            if (--member.Connections == 0) MarkChanged(member);
            else if (member.User == subscriber.User) member.User = AnotherOf(member); // a session that ended is not told of a new role
            if (left is not null) subscriber.Connection.Outbox.Reply(left);
            if (member.Connections > 0 || !member.IsAdmitted) return true;
            member.IsAdmitted = false;
            Left?.Invoke(member.User);
            return true;
        }
    }

    /// <summary>The connections of a user that are in the room.</summary>
    public IReadOnlyList<Subscriber> SubscribersOf(Identity identity)
    {
        lock (Gate)
        {
            return subscribers.FindAll(s => s.User.Identity == identity);
        }
    }

    /// <summary>The users in the room, by name.</summary>
    public IReadOnlyList<ChatUser> Users()
    {
        lock (Gate)
        {
            return [.. members.Values.Where(m => m.Connections > 0).Select(m => m.User)
                .OrderBy(user => user.Name.Key, StringComparer.Ordinal)];
        }
    }

    /// <summary>
    /// The users in the room, by name, after the key <paramref name="after"/>. Announces pending changes first, so that the list and
    /// later changes fit together.
    /// </summary>
    public IReadOnlyList<MemberEntry> MembersAfter(string? after)
    {
        lock (Gate)
        {
            AnnouncePresence();
            return [.. members.Values.Where(m => after is null || string.CompareOrdinal(m.User.Name.Key, after) > 0)
                .OrderBy(m => m.User.Name.Key, StringComparer.Ordinal).Select(m => new MemberEntry(m.User.Name.Text, m.User.Roles))];
        }
    }

    /// <summary>Queues a frame that is not logged to all subscribers.</summary>
    public void Notify(in Piece piece)
    {
        lock (Gate)
        {
            foreach (var subscriber in subscribers) subscriber.Deliver(piece);
        }
    }

    protected override int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed) =>
        DeliverTo(subscribers, batch, committed);

    private ChatUser AnotherOf(RoomMember member) => subscribers.Find(s => s.User.Identity == member.User.Identity)!.User;

    private void MarkChanged(RoomMember member)
    {
        changed.Add(member);
        if (presenceTimer is not null) return;
        // The timer must not keep what flows with the joining call: a plugin's may.
        using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        presenceTimer = time.CreateTimer(
            static room => ((RoomFanout)room!).OnPresenceDue(), this, PresenceDelay, Timeout.InfiniteTimeSpan);
    }

    private void OnPresenceDue()
    {
        lock (Gate)
        {
            presenceTimer?.Dispose();
            presenceTimer = null;
            AnnouncePresence();
        }
    }

    /// <summary>Announces who joined and who left since the last time. A user who did both in between appears in neither list.</summary>
    private void AnnouncePresence()
    {
        var joined = changed.Where(m => m.Connections > 0 && !m.IsAnnounced).ToList();
        var left = changed.Where(m => m.Connections == 0 && m.IsAnnounced).ToList();
        foreach (var member in changed)
        {
            member.IsAnnounced = member.Connections > 0;
            if (member.Connections == 0) members.Remove(member.User.Identity);
        }
        changed.Clear();
        var room = ((RoomAddress)Address).Room;
        foreach (var piece in PresenceFrames.Encode(room, joined.ConvertAll(m => m.User.Name.Text), left.ConvertAll(m => m.User.Name.Text)))
            foreach (var subscriber in subscribers) subscriber.Deliver(piece);
    }

    /// <summary>A user in the room, over any number of connections.</summary>
    private sealed class RoomMember
    {
        /// <summary>As one of those connections knows the user.</summary>
        public required ChatUser User { get; set; }

        public int Connections { get; set; }

        public bool IsAnnounced { get; set; }

        /// <summary>Whether one of the connections has been admitted since the last of them left.</summary>
        public bool IsAdmitted { get; set; }
    }
}
