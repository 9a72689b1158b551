namespace Chat.Daemon.Storage.Stores;

/// <summary>A login by a browser's cookie.</summary>
internal sealed record PageLogin(long Id, long Account);
