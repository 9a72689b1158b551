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

    /// <summary>The session is in the room: after a login, a join or a command, and again after a reconnection.</summary>
    /// <param name="Last">The last <c>seq</c> in the room.</param>
    /// <param name="First">The oldest <c>seq</c> still stored.</param>
    public sealed record JoinedRoom(string Room, long Last, long First) : ChatEvent
    {
        /// <summary>Whether a command of this client was running and probably caused it; the reply then mentions it too.</summary>
        public bool DuringCommand { get; init; }
    }

    /// <param name="Reason"><c>kicked</c>, <c>banned</c>, or the code of a failed rejoin; null if this client left.</param>
    public sealed record LeftRoom(string Room, string? Reason) : ChatEvent
    {
        /// <inheritdoc cref="JoinedRoom.DuringCommand"/>
        public bool DuringCommand { get; init; }
    }

    /// <summary>Messages were sent while this client was disconnected. They follow.</summary>
    public sealed record Missed(Conversation Conversation, long Count) : ChatEvent;

    /// <summary>
    /// Forget what you know of the conversation: the daemon's log is shorter than before (a restored backup), or another guest has the
    /// name now. The messages in the log follow.
    /// </summary>
    public sealed record ConversationReset(Conversation Conversation) : ChatEvent;

    /// <summary>Missed messages up to <paramref name="Last"/> could not be fetched.</summary>
    public sealed record Unobtainable(Conversation Conversation, long Last, Refusal Refusal) : ChatEvent;

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
