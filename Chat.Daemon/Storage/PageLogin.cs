namespace Chat.Daemon.Storage;

/// <summary>A login by a browser's cookie.</summary>
internal sealed record PageLogin(long Id, long Account);
