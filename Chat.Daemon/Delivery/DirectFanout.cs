using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Delivers to all connections of the two users of a direct conversation that are online at the commit.</summary>
internal sealed class DirectFanout(DirectAddress address, OnlineUsers onlineUsers, Identity one, Identity other, TimeProvider time)
    : Fanout(address, time)
{
    protected override Lock Gate => onlineUsers.Gate;

    public bool IsOf(Identity first, Identity second) => (one == first && other == second) || (one == second && other == first);

    /// <summary>The other user; oneself, if both are one.</summary>
    public Identity OtherThan(Identity user) => user == one ? other : one;

    /// <summary>One of the two has another name now: its account was erased.</summary>
    public void Rename(Identity user, string name)
    {
        if (user == one) Address = (DirectAddress)Address with { One = name };
        if (user == other) Address = (DirectAddress)Address with { Other = name };
    }

    protected override bool ShowsTyping(ChatUser user) => onlineUsers.ConnectionsOf(user.Identity).Count > 0;

    protected override void TellTyping(IReadOnlyList<string> users)
    {
        var names = (DirectAddress)Address;
        TellTyping(one, new DaemonFrame.Typing(users, With: names.Other));
        if (one != other) TellTyping(other, new DaemonFrame.Typing(users, With: names.One));
    }

    protected override int DeliverToSubscribers(Batch batch, Emission? emission)
    {
        var deliveries = DeliverTo(onlineUsers.ConnectionsOf(one), batch, emission);
        return one == other ? deliveries : deliveries + DeliverTo(onlineUsers.ConnectionsOf(other), batch, emission);
    }

    private void TellTyping(Identity user, DaemonFrame.Typing frame)
    {
        if (onlineUsers.ConnectionsOf(user) is not { Count: > 0 } connections) return;
        var piece = Outbox.Encoded(frame);
        foreach (var subscriber in connections) subscriber.Offer(piece);
    }
}
