using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;


namespace Chat.Daemon.Messages;

/// <summary>A user on one connection, as the author of messages.</summary>
/// <param name="Session">Client ids are unique within a session. 0 for a bot, which has none.</param>
/// <param name="Connection">Null for a bot.</param>
/// <param name="Sentence">Turns a refusal into a sentence in the sender's language.</param>
internal sealed record Sender(ChatUser User, long Session, Connection? Connection, PendingAppends Appends, Func<Refusal, string> Sentence)
{
    public string Name => User.Name.Text;
}
