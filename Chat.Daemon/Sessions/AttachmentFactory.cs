using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Sessions;

/// <summary>Makes the attachment of a session to a connection, in the session's language.</summary>
internal sealed class AttachmentFactory(
    ConversationRegistry conversationRegistry, ConversationStore conversationStore, OptionsSource options)
{
    public Attachment Create(Session session, Connection connection) => new(
        session,
        connection,
        SessionTexts.For(session.Lang, options.Current.Language),
        new DirectConversationCache(session.User, conversationRegistry, conversationStore));
}
