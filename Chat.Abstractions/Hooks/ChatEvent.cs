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

/// <summary>A room's topic was changed.</summary>
/// <param name="Topic">Empty if it was removed.</param>
public sealed record TopicChanged(DateTimeOffset At, Room Room, User By, string Topic) : ChatEvent(At);

/// <summary>A moderator removed a user from a room. <see cref="UserLeft"/> follows if the user was there.</summary>
/// <param name="Reason">May be empty.</param>
public sealed record UserKicked(DateTimeOffset At, User User, Room Room, User By, string Reason) : ChatEvent(At);

/// <summary>A moderator banned a user or a network.</summary>
/// <param name="Target">The user's name, or the network.</param>
/// <param name="Network">Where the ban counts; null: everywhere.</param>
/// <param name="Until">Null: until it is lifted.</param>
/// <param name="Reason">May be empty.</param>
/// <param name="By">The moderator's name.</param>
public sealed record UserBanned(DateTimeOffset At, string Target, string? Network, DateTimeOffset? Until, string Reason, string By)
    : ChatEvent(At);

/// <summary>An account was created: by its owner, an admin, the daemon, or a plugin for its bot.</summary>
public sealed record AccountCreated(DateTimeOffset At, User User) : ChatEvent(At);

/// <summary>An account got another role. It may be a bot's.</summary>
/// <param name="User">With the new role.</param>
public sealed record RoleChanged(DateTimeOffset At, User User) : ChatEvent(At);

/// <summary>A user ran a command. Its arguments are not told: they may be secret.</summary>
/// <param name="Room">Null outside of a room.</param>
/// <param name="Outcome">The code of a refusal; <c>ok</c> otherwise.</param>
public sealed record CommandRun(DateTimeOffset At, User Caller, string Command, Room? Room, string Outcome) : ChatEvent(At);

/// <summary>A plugin started, was replaced, or was removed. A plugin hears of itself when it starts.</summary>
/// <param name="Version">The version that is active now; null if the plugin was removed.</param>
/// <param name="Before">The version that was active before; null if there was none.</param>
public sealed record PluginChanged(DateTimeOffset At, string Plugin, string? Version, string? Before) : ChatEvent(At);

/// <summary>The daemon has begun to stop: users are still connected, for a few seconds at most.</summary>
public sealed record DaemonStopping(DateTimeOffset At) : ChatEvent(At);
