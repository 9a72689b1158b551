using Chat.Daemon.Delivery;
using Chat.Daemon.History;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>A named conversation that one joins.</summary>
internal sealed class RoomConversation(ConversationId id, RoomName name, RoomFanout fanout, RoomLog log, IMessageLog history) : Conversation(id, log, history)
{
    public RoomName Name => name;

    public override RoomFanout Fanout => fanout;
}

/// <summary>The direct messages of two users.</summary>
internal sealed class DirectConversation(ConversationId id, DirectFanout fanout, RoomLog log, IMessageLog history) : Conversation(id, log, history)
{
    public override DirectFanout Fanout => fanout;
}
