using Chat.Daemon.Delivery;

namespace Chat.Daemon.Rooms;

/// <summary>The direct messages of two users.</summary>
internal sealed class DirectConversation(ConversationLog log, DirectFanout fanout, Sequencer sequencer) : Conversation(log, sequencer)
{
    public override DirectFanout Fanout => fanout;
}
