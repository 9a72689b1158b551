namespace Chat.Daemon.Storage.Stores;

/// <summary>The part of a stored session that changes while it lives.</summary>
internal readonly record struct SessionMark(long Id, long SeenAtMs, bool Held);
