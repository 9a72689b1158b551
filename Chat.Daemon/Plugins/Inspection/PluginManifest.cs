namespace Chat.Daemon.Plugins.Inspection;

/// <summary>What an assembly's metadata says about the plugin.</summary>
/// <param name="ContractLevel">The level it was compiled against.</param>
/// <param name="Entries">Full names of the public classes that implement <see cref="IChatPlugin"/>. A plugin must have exactly one.</param>
internal sealed record PluginManifest(string Id, string Version, int ContractLevel, IReadOnlyList<string> Entries)
{
    private const int MaxIdLength = 64;

    /// <summary>Its attributed commands. Commands registered in code are known only after the start.</summary>
    public IReadOnlyList<ManifestCommand> Commands { get; init; } = [];

    /// <summary>Its attributed routes.</summary>
    public IReadOnlyList<ManifestRoute> Routes { get; init; } = [];

    /// <summary>Classes that implement a hook's interface.</summary>
    public IReadOnlyList<ManifestHook> Hooks { get; init; } = [];

    /// <summary>Those that its code, or a library beside it, references.</summary>
    public IReadOnlyList<Capability> Capabilities { get; init; } = [];

    /// <summary>Why this daemon cannot run it; null if it can.</summary>
    public LocalizedText? Problem =>
        !IsId(Id) ? LocalizedText.Of(t => t.BadId(MaxIdLength))
        : ContractLevel > Chat.ContractLevel.Current
            ? LocalizedText.Of(t => t.ContractTooNew(ContractLevel, Chat.ContractLevel.Current))
        : ContractLevel < Chat.ContractLevel.OldestSupported
            ? LocalizedText.Of(t => t.ContractTooOld(ContractLevel, Chat.ContractLevel.OldestSupported))
        : Entries.Count == 0 ? LocalizedText.Of(t => t.NoEntry)
        : Entries.Count > 1 ? LocalizedText.Of(t => t.SeveralEntries(Entries.Count, string.Join(", ", Entries)))
        : null;

    /// <summary>Ids name loggers and appear in lists, so no character may need escaping.</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength
        && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
