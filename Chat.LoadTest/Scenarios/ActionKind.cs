namespace Chat.LoadTest.Scenarios;

/// <summary>What a user does when an action is due.</summary>
internal enum ActionKind
{
    Message,
    Command,
    Page,
    Search,

    /// <summary>Replaces the text of the user's newest message.</summary>
    Edit,

    /// <summary>Reacts to the newest message of the conversation.</summary>
    React,
    Ping,
}
