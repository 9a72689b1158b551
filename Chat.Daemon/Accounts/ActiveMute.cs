namespace Chat.Daemon.Accounts;

/// <summary>A mute that is in effect for a user.</summary>
/// <param name="IsSpread">Whether the user is only taken for the muted guest.</param>
internal sealed record ActiveMute(Mute Mute, TimeSpan Left, bool IsSpread);
