namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A route that the compiler recorded in the assembly. All of it is safe to print.</summary>
/// <param name="Route">The method and the path on the HTTP address.</param>
/// <param name="DefaultRole">The name of a <see cref="Role"/>.</param>
internal sealed record ManifestRoute(string Route, string Permission, string DefaultRole);
