namespace Chat.Cli;

/// <summary>Tells the daemon how far an account has read: up to what was on the screen when the user pressed Enter.</summary>
internal sealed class ReadMark(DialogueParts parts)
{
    public void Move()
    {
        if (!parts.Output.Screen.IsInteractive || parts.Client.Welcome is not { IsGuest: false }) return;
        if (parts.Conversations.Active is not { } place) return;
        if (parts.Shown.TakeRead(place) is { } last) _ = parts.Client.ReadAsync(place, last); // its refusal would tell the user nothing
    }
}
