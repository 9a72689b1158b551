namespace Chat.Daemon.Storage;

/// <summary>A direct conversation that has messages.</summary>
/// <param name="NameOwner">The account that has the other user's name now, or null.</param>
internal sealed record WrittenDirect(StoredDirect Direct, LogRange Range, long? NameOwner);
