namespace Chat.Daemon.Plugins.Inspection;

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
    public Sentence? Problem =>
        !IsId(Id) ? Sentence.Of(t => t.BadId(LongestId))
        : ContractLevel > Chat.ContractLevel.Current ? Sentence.Of(t => t.ContractTooNew(ContractLevel, Chat.ContractLevel.Current))
        : ContractLevel < Chat.ContractLevel.OldestSupported ? Sentence.Of(t => t.ContractTooOld(ContractLevel, Chat.ContractLevel.OldestSupported))
        : Entries.Count == 0 ? Sentence.Of(t => t.NoEntry)
        : Entries.Count > 1 ? Sentence.Of(t => t.SeveralEntries(Entries.Count, string.Join(", ", Entries)))
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
