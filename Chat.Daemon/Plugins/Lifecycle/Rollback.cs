namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A rollback by an admin. It lasts until something else is dropped. Stored as JSON.</summary>
/// <param name="To">The hash of the version to run.</param>
/// <param name="Over">The hash of the version that was in the folder then; null if there was none.</param>
internal sealed record Rollback(string To, string? Over);
