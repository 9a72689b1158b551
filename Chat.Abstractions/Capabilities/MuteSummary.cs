namespace Chat;

/// <summary>A mute that has not ended.</summary>
/// <param name="User">The user's name when the mute began.</param>
/// <param name="IsEverywhere">Whether it holds in all rooms.</param>
/// <param name="Reason">A single line; empty if none was given.</param>
/// <param name="By">The name of the moderator.</param>
public sealed record MuteSummary(string User, bool IsEverywhere, TimeSpan Left, string Reason, string By);
