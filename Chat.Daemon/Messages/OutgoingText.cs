using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;

namespace Chat.Daemon.Messages;

/// <summary>A text that other users are about to see.</summary>
internal readonly record struct OutgoingText(DraftKind Kind, string Text)
{
    /// <summary>Where it is shown. Null for a text that belongs to no conversation.</summary>
    public Conversation? Place { get; init; }

    /// <summary>The writer's subscription to a room, if the text may be shown only while the writer is in it.</summary>
    public Subscriber? Subscriber { get; init; }

    /// <summary>The only user who sees it.</summary>
    public User? Recipient { get; init; }

    /// <summary>The other user of a direct conversation, made a <see cref="User"/> for filters only.</summary>
    public ChatUser? Partner { get; init; }

    /// <summary>The number of the message whose text it replaces.</summary>
    public long? Edits { get; init; }

    /// <summary>The command that posts it. Null for typed text.</summary>
    public string? Via { get; init; }

    /// <summary>Whether it is shown within a sentence of the daemon, so that it must stay on its line.</summary>
    public bool IsLine => Kind is DraftKind.Topic or DraftKind.Reason or DraftKind.RoomName;

    public RoomConversation? Room => Place as RoomConversation;
}
