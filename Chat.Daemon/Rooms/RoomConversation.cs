using Chat.Daemon.Delivery;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>A named conversation that users join.</summary>
internal sealed class RoomConversation(ConversationLog log, RoomName name, RoomFanout fanout, Sequencer sequencer)
    : Conversation(log, sequencer)
{
    private volatile RoomTraits traits = new("", null);

    public RoomName Name => name;

    public override RoomFanout Fanout => fanout;

    public RoomTraits Traits
    {
        get => traits;
        set => traits = value;
    }
}
