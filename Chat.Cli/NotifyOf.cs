namespace Chat.Cli;

/// <summary>Which messages of a conversation to notify of.</summary>
internal enum NotifyOf
{
    None,
    Mentions,
    All,
}
