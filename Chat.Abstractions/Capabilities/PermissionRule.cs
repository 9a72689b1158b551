namespace Chat;

/// <param name="Room">Null for the general rule.</param>
/// <param name="MinimumRole">The lowest role that has the permission.</param>
/// <param name="Source"><c>declared</c> by a plugin, from the <c>settings</c>, or <c>decided</c> while the daemon ran.</param>
public sealed record PermissionRule(string Permission, Room? Room, Role MinimumRole, string Source);
