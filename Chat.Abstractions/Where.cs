namespace Chat;

/// <summary>Where a command may be issued.</summary>
public enum Where
{
    /// <summary>Also outside any conversation, by a <c>command</c> frame without a room.</summary>
    Anywhere,

    /// <summary><see cref="CommandContext.RequiredRoom"/> never throws.</summary>
    Room,

    /// <summary><see cref="CommandContext.Peer"/> is never null.</summary>
    Direct,
}
