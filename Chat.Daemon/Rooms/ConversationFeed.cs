using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Tells a later stage what has happened in conversations, after those concerned were told, of each conversation in its order. What listens
/// is called on the path of every message and under the fan-outs' locks: it is quick, throws nothing and calls nothing back.
/// </summary>
internal sealed class ConversationFeed
{
    /// <summary>Messages stand in the log.</summary>
    public Action<Conversation, IReadOnlyList<PendingMessage>>? Posted { get; set; }

    /// <summary>A user is in the room, with its first connection there.</summary>
    public Action<RoomConversation, Subscriber>? Joined { get; set; }

    /// <summary>A user has left with the last of its connections.</summary>
    public Action<RoomConversation, ChatUser>? Left { get; set; }
}
