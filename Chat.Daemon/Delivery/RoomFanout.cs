using System.Collections.Immutable;
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
    private readonly RoomMembers members = new();

    /// <summary>Set while changes wait to be announced.</summary>
    private ITimer? presenceTimer;

    protected override Lock Gate { get; } = new();

    /// <summary>
    /// Called with a user's first connection in the room once it has its <c>joined</c>. Called under the lock: must be quick.
    /// </summary>
    public Action<Subscriber>? Joined { get; init; }

    /// <summary>Called when a user's last connection has left the room. Called under the lock: must be quick.</summary>
    public Action<ChatUser>? Left { get; init; }

    /// <summary>The users in the room, by name. A snapshot, taken without the lock.</summary>
    public ImmutableSortedSet<RoomMember> Present => members.Present;

    /// <summary>Subscribes the connection. Deliveries are held back until <see cref="Admit"/>.</summary>
    public Cut Enter(Subscriber subscriber)
    {
        lock (Gate)
        {
            subscriber.Position = subscribers.Count;
            subscribers.Add(subscriber);
            subscriber.IsPresent = true;
            if (members.Add(subscriber)) AnnounceLater();
            return subscriber.Open(Cursor);
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

    /// <summary>For another <c>joined</c>: holds deliveries back again until <see cref="Close"/>.</summary>
    /// <returns>Null if the subscriber was removed.</returns>
    public Cut? CutAgain(Subscriber subscriber)
    {
        lock (Gate)
        {
            return subscriber.IsPresent ? subscriber.Open(Cursor) : null;
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
            return subscriber.IsPresent ? (subscriber.Open(Cursor), members.List()) : null;
        }
    }

    /// <inheritdoc cref="Subscriber.Close"/>
    public void Close(Subscriber subscriber, Cut cut, in Piece? frame)
    {
        lock (Gate)
        {
            if (subscriber.IsPresent) subscriber.Close(cut, frame);
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

    protected override int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed) =>
        DeliverTo(subscribers, batch, committed);

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
        presenceTimer = time.CreateTimer(
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
