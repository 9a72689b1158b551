namespace Chat.Daemon.Storage;

/// <summary>A direct conversation that has messages.</summary>
/// <param name="Last">The number of its newest message.</param>
internal sealed record WrittenDirect(StoredDirect Direct, long Last);
