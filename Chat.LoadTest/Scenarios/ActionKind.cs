namespace Chat.LoadTest.Scenarios;

/// <summary>What a user does when an action is due.</summary>
internal enum ActionKind
{
    Message,
    Command,
    Page,
    Ping,
}
