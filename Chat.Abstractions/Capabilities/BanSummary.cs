namespace Chat;

/// <summary>A ban that has not ended.</summary>
/// <param name="Target">The user's name, or the network.</param>
/// <param name="Network">The network in which a guest's name is banned; null for an account, or for a whole network.</param>
/// <param name="Left">Null for a ban without end.</param>
/// <param name="Reason">A single line; empty if none was given.</param>
/// <param name="By">The name of the moderator.</param>
public sealed record BanSummary(string Target, string? Network, TimeSpan? Left, string Reason, string By);
