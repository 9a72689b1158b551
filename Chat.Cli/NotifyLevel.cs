namespace Chat.Cli;

/// <summary>Which messages of a conversation notify the user.</summary>
internal enum NotifyLevel
{
    All,

    /// <summary>Those that mention the user, and direct messages.</summary>
    Mentions,

    None,
}
