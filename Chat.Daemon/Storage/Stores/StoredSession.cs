namespace Chat.Daemon.Storage.Stores;

/// <param name="Account">Null for a guest.</param>
/// <param name="SeenAtMs">When it was last known to be connected, in Unix milliseconds.</param>
/// <param name="Held">It is connected, or its name is still kept after a lost connection.</param>
/// <param name="PageLogin">The login by cookie that it is of; null for a session with a token.</param>
internal sealed record StoredSession(
    long Id, string Name, string NameKey, long? Account, string? Lang, long CreatedAtMs, long SeenAtMs, bool Held,
    long? PageLogin = null);
