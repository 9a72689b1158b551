namespace Chat.Cli;

/// <summary>What a command of the client does.</summary>
internal enum LocalAction
{
    Switch,
    History,
    Mentions,
    Reply,
    Edit,
    Delete,
    React,
    Set,
    Clear,
    Quit,
}
