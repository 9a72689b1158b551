namespace Chat.Client;

/// <summary>The session is in a room, or no longer.</summary>
/// <param name="IsAsked">Whether a command of this client caused it; a kick is never asked for.</param>
internal sealed record RoomChange(string Room, bool IsIn, bool IsAsked);
