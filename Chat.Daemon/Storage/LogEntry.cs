namespace Chat.Daemon.Storage;

/// <summary>What is appended to a conversation: a message, or a change of one.</summary>
/// <param name="AtMs">Unix time in milliseconds.</param>
/// <param name="Session">The session that sent it; two sessions may use the same client id.</param>
/// <param name="ClientId">The client's own id for it, by which it is recognized when sent again; null if it gave none.</param>
internal abstract record LogEntry(long AtMs, long Session, string? ClientId)
{
    /// <summary>Characters of text in it.</summary>
    public abstract int TextLength { get; }
}
