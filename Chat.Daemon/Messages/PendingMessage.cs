using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Messages;

/// <summary>A message on its way into the log: who sends it, and how the sender learns the outcome.</summary>
internal sealed class PendingMessage(Sender sender, string text)
{
    public Sender Sender => sender;

    /// <summary>As typed, or as a filter replaced it. Fixed once the message is queued.</summary>
    public string Text { get; set; } = text;

    /// <summary>The sender's own subscription to the conversation. Null if the sending connection does not receive it.</summary>
    public Subscriber? Subscriber { get; init; }

    /// <summary>The client's label. Without one, a resend cannot be recognised.</summary>
    public string? ClientId { get; init; }

    /// <summary>The command that posts the message. Null for typed text.</summary>
    public string? Via { get; init; }

    /// <summary>The other user of a direct conversation. Null in a room.</summary>
    public ChatUser? Recipient { get; init; }

    /// <summary>
    /// Receives the refusal's code, or null once the message is logged and delivered. Set if a command waits for the outcome;
    /// otherwise the sender gets an <c>error</c> frame.
    /// </summary>
    public TaskCompletionSource<string?>? Outcome { get; init; }

    /// <summary>Set by the sequencer when it numbers the message.</summary>
    public LoggedMessage? Logged { get; set; }

    /// <summary>Where the sequencer keeps the client id while the message is in flight.</summary>
    public int RecentSlot { get; set; }

    /// <summary>Estimated memory in bytes.</summary>
    public int Bytes => 128 + (2 * Text.Length);
}
