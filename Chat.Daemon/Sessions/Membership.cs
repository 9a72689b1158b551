using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;

namespace Chat.Daemon.Sessions;

/// <summary>A connection in a room.</summary>
internal sealed record Membership(Lease<RoomConversation> Lease, Subscriber Subscriber)
{
    public RoomConversation Room => Lease.Conversation;
}
