namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A command that the compiler recorded in the assembly. All of it is safe to print.</summary>
/// <param name="Permission">The default one if the command declares none.</param>
/// <param name="DefaultRole">The name of a <see cref="Role"/>.</param>
internal sealed record ManifestCommand(string Name, IReadOnlyList<string> Aliases, string Permission, string DefaultRole);
