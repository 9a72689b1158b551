namespace Chat.Daemon.Accounts;

/// <summary>A ban that is in effect, as its target may see it.</summary>
/// <param name="Left">Null: until it is lifted.</param>
internal sealed record ActiveBan(TimeSpan? Left, string Reason);
