namespace Chat;

/// <summary>How long a room keeps its messages: those that both limits allow.</summary>
/// <param name="Days">0 = forever.</param>
/// <param name="Messages">The newest ones; 0 = all.</param>
/// <param name="HasOwnDays">Whether the room's own limit applies instead of the daemon's.</param>
/// <param name="HasOwnMessages">As for <paramref name="HasOwnDays"/>.</param>
public sealed record Retention(int Days, int Messages, bool HasOwnDays, bool HasOwnMessages);
