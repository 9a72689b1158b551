using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Rooms;

/// <summary>The direct messages of two users.</summary>
internal sealed class DirectConversation(ConversationId id, DirectFanout fanout, Sequencer sequencer, IMessageLog log)
    : Conversation(id, sequencer, log)
{
    public override DirectFanout Fanout => fanout;
}
