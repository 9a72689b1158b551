namespace Chat.Daemon.Messages;

/// <summary>An account that belongs to a plugin, as the author of messages.</summary>
/// <param name="Account">The account's number.</param>
internal sealed record Bot(long Account)
{
    public PendingAppends Appends { get; } = new();
}
