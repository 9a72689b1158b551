namespace Chat.Daemon.Accounts;

/// <summary>A permission's lowest role, as an admin set it at runtime.</summary>
/// <param name="Room">The room's id; null for all rooms without their own rule.</param>
internal sealed record RuntimePermission(string Permission, string? Room, Role Lowest);
