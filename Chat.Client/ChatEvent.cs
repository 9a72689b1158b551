using Chat.Protocol;

namespace Chat.Client;

/// <summary>An event: a closed set. Names and texts come from other users; show them through <see cref="TextRules.Harmless"/>.</summary>
public abstract record ChatEvent
{
    private ChatEvent()
    {
    }

    /// <summary>A message as stored, own messages included. Each arrives once, in the order of <c>seq</c> in its conversation.</summary>
    public sealed record MessageArrived(Conversation Conversation, DaemonFrame.Message Message, bool IsOwn) : ChatEvent;

    /// <summary>
    /// A message was edited, deleted, or reacted to. Each change arrives once, in the order of <c>rev</c>, after the message and in one
    /// order with later ones. Apply it to a copy of lower <c>rev</c> only: a message that was fetched may show it already.
    /// </summary>
    /// <param name="Change">Its <c>kind</c> is one of <see cref="ChangeKind"/>; its <c>rev</c> is never null.</param>
    /// <param name="IsOwn">Whether this user made the change.</param>
    public sealed record MessageChanged(Conversation Conversation, DaemonFrame.Change Change, bool IsOwn) : ChatEvent
    {
        /// <inheritdoc cref="JoinedRoom.DuringCommand"/>
        public bool DuringCommand { get; init; }
    }

    /// <summary>
    /// A message delivered before has changed while this client was disconnected, or did not keep up. Replace your copy, unless its
    /// <c>rev</c> is higher.
    /// </summary>
    /// <param name="Message">As it is now.</param>
    public sealed record MessageRefreshed(Conversation Conversation, DaemonFrame.Message Message) : ChatEvent;

    /// <summary>The session is in the room: after a login, a join or a command, and again after a reconnection.</summary>
    /// <param name="Last">The last <c>seq</c> in the room.</param>
    /// <param name="First">The oldest <c>seq</c> still stored.</param>
    public sealed record JoinedRoom(string Room, long Last, long First) : ChatEvent
    {
        /// <summary>Whether a command of this client was running and probably caused it; the reply then mentions it too.</summary>
        public bool DuringCommand { get; init; }
    }

    /// <param name="Reason">One of <see cref="Protocol.LeftReason"/>, or the code of a failed rejoin; null if this client left.</param>
    public sealed record LeftRoom(string Room, string? Reason) : ChatEvent
    {
        /// <inheritdoc cref="JoinedRoom.DuringCommand"/>
        public bool DuringCommand { get; init; }
    }

    /// <summary>Messages were sent while this client was disconnected. They follow.</summary>
    public sealed record Missed(Conversation Conversation, long Count) : ChatEvent;

    /// <summary>
    /// Forget what you know of the conversation: the daemon's log is another one (a restored backup, or messages kept in memory), or
    /// another guest has the name now. The messages in the log follow. Unanswered changes are refused with <c>no_such_message</c>.
    /// </summary>
    public sealed record ConversationReset(Conversation Conversation) : ChatEvent
    {
        /// <summary>Names the new numbering, like <c>log</c> in a page of history; empty if it is not known yet.</summary>
        public string Log { get; init; } = "";
    }

    /// <summary>Missed messages up to <paramref name="Last"/>, or changes of them, could not be fetched.</summary>
    public sealed record Unobtainable(Conversation Conversation, long Last, Refusal Refusal) : ChatEvent;

    /// <summary>
    /// Other users began or stopped typing. The list is empty when nobody types any more, also after a lost connection. Of a user whose
    /// message has arrived, the list without them may follow up to a second later.
    /// </summary>
    /// <param name="Users">All who type there now, but for this user.</param>
    public sealed record TypingChanged(Conversation Conversation, IReadOnlyList<string> Users) : ChatEvent;

    /// <summary>Another device of this user has read up to <paramref name="Seq"/>.</summary>
    public sealed record ReadElsewhere(Conversation Conversation, long Seq) : ChatEvent;

    public sealed record PresenceChanged(string Room, IReadOnlyList<string> Joined, IReadOnlyList<string> Left) : ChatEvent;

    /// <summary>A text from the daemon or a plugin; not stored.</summary>
    public sealed record NoticeArrived(string Text, string? Room) : ChatEvent;

    /// <summary>A refusal that answers no request.</summary>
    public sealed record RefusalArrived(Refusal Refusal, string? Room) : ChatEvent;

    /// <summary>The connection broke.</summary>
    /// <param name="Reason">A <c>bye</c>'s reason, or an English sentence.</param>
    public sealed record ConnectionLost(string Reason) : ChatEvent;

    /// <summary>The client tries to reconnect after <paramref name="Delay"/>.</summary>
    /// <param name="Attempt">Starts at 1.</param>
    public sealed record Reconnecting(int Attempt, TimeSpan Delay) : ChatEvent;

    /// <summary>Connected again. The client rejoins its rooms and resends messages without an echo.</summary>
    public sealed record Reconnected : ChatEvent;

    /// <summary>The event queue was full while a request awaited its answer: this many events other than messages were dropped.</summary>
    public sealed record Skipped(int Count) : ChatEvent;

    /// <summary>The session is over. Always the last event.</summary>
    /// <param name="Reason">A <c>bye</c>'s reason, a refusal's code, or one of <see cref="ClientCode"/>.</param>
    /// <param name="Text">For people; may be empty.</param>
    public sealed record SessionEnded(string Reason, string Text) : ChatEvent;
}
