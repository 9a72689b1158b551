namespace Chat.Daemon.Search;

/// <summary>How far the index has come.</summary>
/// <param name="Message">The last message that it has seen.</param>
/// <param name="Entry">The last entry of the list of changed and deleted messages.</param>
internal readonly record struct IndexProgress(long Message, long Entry);
