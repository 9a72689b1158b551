namespace Chat.Daemon.Plugins.Inspection;

/// <summary>A class that the daemon would call on its own.</summary>
/// <param name="Event">The event that a handler handles, if it is one of the contract's.</param>
internal sealed record ManifestHook(ManifestHookKind Kind, string Class, string? Event);
