using Chat.Protocol;

namespace Chat.Client;

/// <summary>What arrives, in order: a closed set. All texts and names come from others; make them harmless before showing them.</summary>
public abstract record ChatEvent
{
    private ChatEvent()
    {
    }

    /// <summary>A message as logged, once, in the order of <c>seq</c> in its conversation; one's own too.</summary>
    public sealed record MessageArrived(Conversation Conversation, DaemonFrame.Message Message, bool IsOwn) : ChatEvent;

    /// <summary>One is in the room: after a login, a join, a command, or again after a reconnection.</summary>
    /// <param name="Last">The last <c>seq</c> in the room.</param>
    /// <param name="First">The oldest kept.</param>
    public sealed record JoinedRoom(string Room, long Last, long First) : ChatEvent
    {
        /// <summary>Whether it came unasked while a command of this client was run: the command's reply will speak of it too.</summary>
        public bool DuringCommand { get; init; }
    }

    /// <param name="Reason"><c>kicked</c>, <c>banned</c>, a refusal's code where a reconnection could not join again; null where asked for.</param>
    public sealed record LeftRoom(string Room, string? Reason) : ChatEvent
    {
        /// <inheritdoc cref="JoinedRoom.DuringCommand"/>
        public bool DuringCommand { get; init; }
    }

    /// <summary>So many messages were written while there was no connection; they follow.</summary>
    public sealed record Missed(Conversation Conversation, long Count) : ChatEvent;

    /// <summary>The daemon's record is shorter than what was seen, or a later guest bears the name: what was known of the conversation is void, and what there is follows.</summary>
    public sealed record ConversationReset(Conversation Conversation) : ChatEvent;

    /// <summary>Messages up to <paramref name="Last"/> can't be had, for the reason in <paramref name="Refusal"/>.</summary>
    public sealed record Unobtainable(Conversation Conversation, long Last, Refusal Refusal) : ChatEvent;

    public sealed record PresenceChanged(string Room, IReadOnlyList<string> Joined, IReadOnlyList<string> Left) : ChatEvent;

    /// <summary>From the daemon or a plugin; not stored.</summary>
    public sealed record NoticeArrived(string Text, string? Room) : ChatEvent;

    /// <summary>A refusal that answers nothing asked.</summary>
    public sealed record RefusalArrived(Refusal Refusal, string? Room) : ChatEvent;

    /// <summary>There is no connection any more.</summary>
    /// <param name="Reason">A <c>bye</c>'s reason, or an English sentence.</param>
    public sealed record ConnectionLost(string Reason) : ChatEvent;

    /// <summary>The next attempt comes after <paramref name="Delay"/>.</summary>
    /// <param name="Attempt">From 1 on.</param>
    public sealed record Reconnecting(int Attempt, TimeSpan Delay) : ChatEvent;

    /// <summary>The session goes on; rooms are joined again, and messages without an echo are sent again.</summary>
    public sealed record Reconnected : ChatEvent;

    /// <summary>The reader was too slow while answers were awaited: so many events other than messages were left out.</summary>
    public sealed record Skipped(int Count) : ChatEvent;

    /// <summary>The last event.</summary>
    /// <param name="Reason">A <c>bye</c>'s reason, a refusal's code, or one of <see cref="ClientCode"/>.</param>
    /// <param name="Text">For people; may be empty.</param>
    public sealed record SessionEnded(string Reason, string Text) : ChatEvent;
}
