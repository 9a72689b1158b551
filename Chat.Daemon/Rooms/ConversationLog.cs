using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;

namespace Chat.Daemon.Rooms;

/// <summary>The message log of one conversation.</summary>
/// <param name="Name">As in <see cref="LogNames"/>.</param>
internal sealed record ConversationLog(ConversationId Id, string Name, IMessageLog Messages);
