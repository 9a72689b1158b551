using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;

namespace Chat.Daemon.Delivery;

/// <summary>Delivers to all connections of the two of a direct conversation, whoever is online when it is committed.</summary>
internal sealed class DirectFanout(DirectAddress address, OnlineUsers peers, Identity one, Identity other) : Fanout(address)
{
    public bool IsOf(Identity first, Identity second) => (one == first && other == second) || (one == second && other == first);

    protected override Lock Gate => peers.Gate;

    protected override int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var deliveries = DeliverTo(peers.ConnectionsOf(one), batch, committed);
        return one == other ? deliveries : deliveries + DeliverTo(peers.ConnectionsOf(other), batch, committed);
    }
}
