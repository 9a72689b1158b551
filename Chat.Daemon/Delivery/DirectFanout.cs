using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;

namespace Chat.Daemon.Delivery;

/// <summary>Delivers to all connections of the two users of a direct conversation that are online at the commit.</summary>
internal sealed class DirectFanout(DirectAddress address, OnlineUsers onlineUsers, Identity one, Identity other) : Fanout(address)
{
    protected override Lock Gate => onlineUsers.Gate;

    public bool IsOf(Identity first, Identity second) => (one == first && other == second) || (one == second && other == first);

    protected override int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var deliveries = DeliverTo(onlineUsers.ConnectionsOf(one), batch, committed);
        return one == other ? deliveries : deliveries + DeliverTo(onlineUsers.ConnectionsOf(other), batch, committed);
    }
}
