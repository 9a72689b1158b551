namespace Chat;

/// <summary>Where a command can run.</summary>
public enum Where
{
    /// <summary>In a room, in a direct conversation, and outside any conversation.</summary>
    Anywhere,

    /// <summary>Only in a room: <see cref="CommandContext.RequiredRoom"/> never throws.</summary>
    Room,

    /// <summary>Only in a direct conversation: <see cref="CommandContext.Recipient"/> is never null.</summary>
    Direct,
}
