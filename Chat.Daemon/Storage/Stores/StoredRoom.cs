namespace Chat.Daemon.Storage.Stores;

/// <param name="Creator">The identity that created it.</param>
internal sealed record StoredRoom(
    ConversationId Id, string Key, string Name, long CreatedAtMs, string Creator, string? Topic, string? Owner, bool? Private);
