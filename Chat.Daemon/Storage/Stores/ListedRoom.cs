using Chat.Protocol;

namespace Chat.Daemon.Storage.Stores;

/// <summary>A room on an account's list.</summary>
/// <param name="Read">How far the account had read when it was last written.</param>
/// <param name="Owner">The identity that owns a private room.</param>
/// <param name="IsInvited">Whether the account was invited to a private room.</param>
internal sealed record ListedRoom(ConversationId Id, RoomName Name, long Read, bool IsPrivate, string? Owner, bool IsInvited);
