using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Messages;

/// <summary>Who sends over one connection.</summary>
/// <param name="Sentence">The sentence of a refusal's code in the sender's language.</param>
internal sealed record Sender(ChatUser User, long Session, Connection Connection, PendingAppends Appends, Func<string, string> Sentence)
{
    public string Name => User.Name.Text;
}

/// <summary>A message on its way into the log, with what its sender waits for.</summary>
/// <param name="member">The sender as a subscriber of the conversation, where it is one.</param>
/// <param name="clientId">Null where the client gave none: then it cannot be recognised when it is sent again.</param>
/// <param name="peer">The other of a direct conversation.</param>
/// <param name="outcome">Gets the code of the refusal, or null, where a command answers for the message; where it is null the sender is told by an <c>error</c>.</param>
internal sealed class PendingMessage(
    Sender sender, Subscriber? subscriber, string text, string? clientId, string? via = null, ChatUser? recipient = null, TaskCompletionSource<string?>? outcome = null)
{
    public TaskCompletionSource<string?>? Outcome => outcome;

    public ChatUser? Recipient => recipient;

    public Sender Sender => sender;

    public Subscriber? Subscriber => subscriber;

    public string Text => text;

    public string? ClientId => clientId;

    public string? Via => via;

    /// <summary>Set by the conversation's runner when it takes the message up.</summary>
    public LoggedMessage? Logged { get; set; }

    /// <summary>Where the sequencer keeps its client id in flight.</summary>
    public int RecentSlot { get; set; }

    /// <summary>What it is reckoned to take in memory.</summary>
    public int Bytes => 128 + (2 * text.Length);
}
