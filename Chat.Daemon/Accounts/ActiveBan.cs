namespace Chat.Daemon.Accounts;

/// <summary>A ban that is in effect, as its target may see it.</summary>
/// <param name="Left">Null: until it is lifted.</param>
/// <param name="By">Name of the moderator.</param>
internal sealed record ActiveBan(TimeSpan? Left, string Reason, string By);
