using System.Collections.Immutable;
using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Delivers to the subscribers of a room, and tells them who joined and left.</summary>
internal sealed class RoomFanout(RoomAddress address, TimeProvider time) : Fanout(address, time)
{
    /// <summary>
    /// Presence changes are collected for this long: soon enough for people, long enough for a rush to fit in a few frames.
    /// </summary>
    private static readonly TimeSpan PresenceDelay = TimeSpan.FromMilliseconds(250);

    private readonly List<Subscriber> subscribers = [];
    private readonly RoomMembers members = new();

    /// <summary>Set while changes wait to be announced.</summary>
    private ITimer? presenceTimer;

    private volatile bool isClosed;

    protected override Lock Gate { get; } = new();

    /// <summary>
    /// Called with a user's first connection in the room once it has its <c>joined</c>. Called under the lock: must be quick.
    /// </summary>
    public Action<Subscriber>? Joined { get; init; }

    /// <summary>Called when a user's last connection has left the room. Called under the lock: must be quick.</summary>
    public Action<ChatUser>? Left { get; init; }

    /// <summary>Whether the room is deleted.</summary>
    public bool IsClosed => isClosed;

    /// <summary>The users in the room, by name. A snapshot, taken without the lock.</summary>
    public ImmutableSortedSet<RoomMember> Present => members.Present;

    /// <summary>Subscribes the connection. Deliveries are held back until <see cref="Admit"/>.</summary>
    /// <returns>Null if the room is closed.</returns>
    public Cut? Enter(Subscriber subscriber)
    {
        lock (Gate)
        {
            if (isClosed) return null;
            subscriber.Position = subscribers.Count;
            subscribers.Add(subscriber);
            subscriber.IsPresent = true;
            if (members.Add(subscriber)) AnnounceLater();
            return subscriber.Open(Cursor, RevCursor);
        }
    }

    /// <summary>Queues <c>joined</c>, then the deliveries since the cut.</summary>
    /// <returns>False if the subscriber was removed meanwhile.</returns>
    public bool Admit(Subscriber subscriber, Cut cut, in Piece joined)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            subscriber.Close(cut, joined);
            var member = members.Find(subscriber.User.Identity)!;
            if (!member.IsAdmitted) Joined?.Invoke(subscriber);
            return member.IsAdmitted = true;
        }
    }

    /// <summary>
    /// The users in the room for a list that the subscriber asked for. Deliveries are held back until <see cref="Close"/>, so that later
    /// presence follows the list. Null if the subscriber was removed.
    /// </summary>
    public (Cut Cut, ImmutableSortedSet<RoomMember> Present)? List(Subscriber subscriber)
    {
        lock (Gate)
        {
            return subscriber.IsPresent ? (subscriber.Open(Cursor, RevCursor), members.List()) : null;
        }
    }

    /// <summary>Removes all subscribers, sends each <paramref name="left"/>, and takes no more.</summary>
    public void Close(DaemonFrame.Left left)
    {
        var piece = Outbox.Encoded(left);
        lock (Gate)
        {
            isClosed = true;
            while (subscribers.Count > 0)
            {
                var last = subscribers[^1];
                Remove(last);
                last.Connection.Outbox.Reply(piece);
            }
        }
    }

    /// <summary>Removes the subscriber, from any thread, and sends it <paramref name="left"/>.</summary>
    /// <returns>False if it had left already.</returns>
    public bool Leave(Subscriber subscriber, DaemonFrame.Left? left = null)
    {
        lock (Gate)
        {
            if (!subscriber.IsPresent) return false;
            Remove(subscriber);
            if (left is not null) subscriber.Connection.Outbox.Reply(left);
            return true;
        }
    }

    /// <summary>The connections of a user that are in the room.</summary>
    public IReadOnlyList<Subscriber> SubscribersOf(Identity identity)
    {
        lock (Gate)
        {
            return [.. members.Find(identity)?.Connections ?? []];
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

    protected override int DeliverToSubscribers(Batch batch, Emission? emission) =>
        DeliverTo(subscribers, batch, emission);

    protected override bool ShowsTyping(ChatUser user) =>
        members.Present.Count <= ProtocolLimits.TypingMembers && members.Find(user.Identity) is { IsPresent: true };

    protected override void TellTyping(IReadOnlyList<string> users)
    {
        var piece = Outbox.Encoded(new DaemonFrame.Typing(users, Room: ((RoomAddress)Address).Room));
        foreach (var subscriber in subscribers) subscriber.Offer(piece);
    }

    private void Remove(Subscriber subscriber)
    {
        // The last one takes its place: the order means nothing, and nobody is searched for.
        subscribers[subscriber.Position] = subscribers[^1];
        subscribers[^1].Position = subscriber.Position;
        subscribers.RemoveAt(subscribers.Count - 1);
        subscriber.Leave();
        var member = members.Remove(subscriber);
        if (member.IsPresent) return;
        AnnounceLater();
        if (!member.IsAdmitted) return;
        member.IsAdmitted = false;
        Left?.Invoke(member.User);
    }

    private void AnnounceLater()
    {
        if (presenceTimer is not null) return;
        // The timer must not keep what flows with the joining call: a plugin's may.
        using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        presenceTimer = Time.CreateTimer(
            static room => ((RoomFanout)room!).Announce(), this, PresenceDelay, Timeout.InfiniteTimeSpan);
    }

    private void Announce()
    {
        lock (Gate)
        {
            presenceTimer?.Dispose();
            presenceTimer = null;
            var (joined, left) = members.TakeChanges();
            foreach (var piece in PresenceFrames.Encode(((RoomAddress)Address).Room, joined, left))
                foreach (var subscriber in subscribers) subscriber.Deliver(piece);
        }
    }
}
