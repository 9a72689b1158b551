using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>A named conversation that one joins.</summary>
internal sealed class RoomConversation(ConversationId id, RoomName name, RoomFanout fanout, Sequencer sequencer, IMessageLog log) : Conversation(id, sequencer, log)
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

/// <param name="Topic">Empty where none is set.</param>
/// <param name="Owner">The identity that invites; null: the room is everybody's.</param>
internal sealed record RoomTraits(string Topic, string? Owner)
{
    /// <summary>Listed to its members only, joined by invitation only.</summary>
    public bool IsPrivate => Owner is not null;
}

/// <summary>The direct messages of two users.</summary>
internal sealed class DirectConversation(ConversationId id, DirectFanout fanout, Sequencer sequencer, IMessageLog log) : Conversation(id, sequencer, log)
{
    public override DirectFanout Fanout => fanout;
}
