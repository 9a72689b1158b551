namespace Chat;

/// <param name="Members">The number of users who are connected to the room.</param>
public sealed record RoomSummary(Room Room, string Topic, int Members);
