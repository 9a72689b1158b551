namespace Chat;

/// <summary>An event. Only the daemon creates these.</summary>
public abstract record ChatEvent
{
    internal ChatEvent(DateTimeOffset at) => At = at;

    /// <summary>In UTC.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>A message was stored.</summary>
/// <param name="Room">Null in a direct conversation; then <paramref name="Recipient"/> is set.</param>
/// <param name="Number">The <c>seq</c> of the message in its conversation.</param>
/// <param name="Via">The command that posted it for the sender, or null.</param>
public sealed record MessagePosted(DateTimeOffset At, User Sender, Room? Room, User? Recipient, long Number, string Text, string? Via)
    : ChatEvent(At);

/// <summary>The text of a message was replaced.</summary>
/// <param name="By">Who edited it: its sender.</param>
/// <param name="Room">Null in a direct conversation; then <paramref name="Recipient"/> is set.</param>
/// <param name="Number">The <c>seq</c> of the message in its conversation.</param>
/// <param name="Text">The new text.</param>
public sealed record MessageEdited(DateTimeOffset At, User By, Room? Room, User? Recipient, long Number, string Text) : ChatEvent(At);

/// <summary>A message was deleted: its text is gone, and its number stays.</summary>
/// <param name="By">Who deleted it: its sender, or a moderator.</param>
/// <param name="Room">Null in a direct conversation; then <paramref name="Recipient"/> is set.</param>
/// <param name="Number">The <c>seq</c> of the message in its conversation.</param>
public sealed record MessageDeleted(DateTimeOffset At, User By, Room? Room, User? Recipient, long Number) : ChatEvent(At);

/// <summary>A user reacted to a message, or took a reaction back.</summary>
/// <param name="Room">Null in a direct conversation; then <paramref name="Recipient"/> is set.</param>
/// <param name="Number">The <c>seq</c> of the message in its conversation.</param>
/// <param name="IsRemoved">The reaction was taken back.</param>
public sealed record ReactionChanged(DateTimeOffset At, User By, Room? Room, User? Recipient, long Number, string Emoji, bool IsRemoved)
    : ChatEvent(At);

/// <summary>A user joined a room with their first connection there.</summary>
/// <param name="Language">The user's language: <c>pt-BR</c> or <c>en</c>.</param>
public sealed record UserJoined(DateTimeOffset At, User User, Room Room, string Language) : ChatEvent(At);

/// <summary>A user left a room with their last connection there.</summary>
public sealed record UserLeft(DateTimeOffset At, User User, Room Room) : ChatEvent(At);

/// <summary>A room and its messages were deleted. A room of that name that is created later has another id.</summary>
/// <param name="By">Who deleted it; null if the daemon did, because the room was empty and unused.</param>
public sealed record RoomDeleted(DateTimeOffset At, Room Room, User? By) : ChatEvent(At);
