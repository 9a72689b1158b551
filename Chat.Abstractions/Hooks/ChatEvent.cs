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

/// <summary>A user joined a room with their first connection there.</summary>
/// <param name="Language">The user's language: <c>pt-BR</c> or <c>en</c>.</param>
public sealed record UserJoined(DateTimeOffset At, User User, Room Room, string Language) : ChatEvent(At);

/// <summary>A user left a room with their last connection there.</summary>
public sealed record UserLeft(DateTimeOffset At, User User, Room Room) : ChatEvent(At);
