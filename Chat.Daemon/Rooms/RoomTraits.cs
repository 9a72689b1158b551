namespace Chat.Daemon.Rooms;

/// <param name="Topic">Empty if none is set.</param>
/// <param name="Owner">The identity that owns a private room. Null for a public room.</param>
internal sealed record RoomTraits(string Topic, string? Owner)
{
    public string? TopicOrNull => Topic.Length > 0 ? Topic : null;

    /// <summary>Joined by invitation only; for others it does not exist.</summary>
    public bool IsPrivate => Owner is not null;
}
