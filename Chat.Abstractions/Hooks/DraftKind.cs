namespace Chat;

/// <summary>What a <see cref="Draft"/> is.</summary>
public enum DraftKind
{
    /// <summary>A message, typed or posted by a command.</summary>
    Message,

    /// <summary>A notice that a command sends: shown now, not stored.</summary>
    Notice,

    /// <summary>The topic of a room.</summary>
    Topic,

    /// <summary>The reason of a kick, a ban, a mute or a shutdown.</summary>
    Reason,

    /// <summary>
    /// The name of a new public room, or of the room that an invitation is for. It cannot be replaced: a replacement that does not contain
    /// it refuses it.
    /// </summary>
    RoomName,
}
