namespace Chat;

/// <summary>A login of an account whose token is still valid.</summary>
/// <param name="Began">When the account logged in with its password.</param>
/// <param name="LastSeen">When it was last connected, to within a minute or so.</param>
/// <param name="IsCallers">Whether the command was called in it.</param>
public sealed record AccountSession(long Id, DateTimeOffset Began, DateTimeOffset LastSeen, bool IsConnected, bool IsCallers);
