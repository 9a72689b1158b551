namespace Chat.Daemon.Plugins;

/// <summary>What an assembly says of itself in its metadata.</summary>
/// <param name="ContractLevel">The one that it was compiled against.</param>
/// <param name="Entries">Full names of the public classes that implement <see cref="IChatPlugin"/>; a plugin has one.</param>
internal sealed record PluginManifest(string Id, string Version, int ContractLevel, IReadOnlyList<string> Entries)
{
    private const int LongestId = 64;

    /// <summary>Its attributed commands, as the compiler wrote them down; what it declares otherwise is known when it has started.</summary>
    public IReadOnlyList<ManifestCommand> Commands { get; init; } = [];

    /// <summary>Classes that are made to be hooks.</summary>
    public IReadOnlyList<ManifestHook> Hooks { get; init; } = [];

    /// <summary>What its code refers to, and that of the libraries beside it.</summary>
    public IReadOnlyList<Capability> Capabilities { get; init; } = [];

    /// <summary>All names of its attributed commands.</summary>
    public IEnumerable<string> Names => Commands.SelectMany(command => command.Aliases.Prepend(command.Name));

    /// <summary>Why this daemon can't run it; null where it can.</summary>
    public string? Problem =>
        !IsId(Id) ? $"Its id is not one: at most {LongestId} letters, digits, -, _ and dots, beginning with a letter or a digit."
        : ContractLevel > Chat.ContractLevel.Current ? $"It was compiled against contract level {ContractLevel}; this daemon knows levels up to {Chat.ContractLevel.Current}: update the daemon, or take an older version of the plugin."
        : ContractLevel < Chat.ContractLevel.Oldest ? $"It was compiled against contract level {ContractLevel}; this daemon knows levels from {Chat.ContractLevel.Oldest} on: take a newer version of the plugin."
        : Entries.Count == 0 ? "It has no entry: a public class that is not abstract, has a constructor without parameters and implements IChatPlugin."
        : Entries.Count > 1 ? $"It has {Entries.Count} entries, and must have one: {string.Join(", ", Entries)} all implement IChatPlugin."
        : null;

    /// <summary>It names loggers and stands in lists: nothing in it may need escaping.</summary>
    private static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}

/// <summary>A command as the compiler wrote it down. Safe to print, all of it.</summary>
/// <param name="Permission">Also where it declares none of its own.</param>
/// <param name="DefaultRole">A <see cref="Role"/>, by name.</param>
internal sealed record ManifestCommand(string Name, IReadOnlyList<string> Aliases, string Permission, string DefaultRole);

internal enum ManifestHookKind
{
    Filter,
    Handler,
    Handover,
}

/// <summary>A class that the daemon would call by itself.</summary>
/// <param name="Event">What a handler hears of, where it is the contract's.</param>
internal sealed record ManifestHook(ManifestHookKind Kind, string Class, string? Event);
