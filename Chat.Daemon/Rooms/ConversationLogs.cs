using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;

namespace Chat.Daemon.Rooms;

/// <summary>Gives each conversation its log.</summary>
internal sealed class ConversationLogs(IMessageLog messages, LogNames names)
{
    public ConversationLog Of(ConversationId conversation) => new(conversation, names.Of(conversation), messages);

    public string NameOf(ConversationId conversation) => names.Of(conversation);
}
