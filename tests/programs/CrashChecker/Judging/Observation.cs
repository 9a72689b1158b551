namespace CrashChecker.Judging;

/// <summary>
/// Something that a client saw or did, in the order in which it happened. A conversation is <c>room:NAME</c> or <c>direct:A,B</c>.
/// </summary>
internal abstract record Observation
{
    /// <summary>Nanoseconds of the system's monotonic clock.</summary>
    public long Time { get; init; }

    /// <summary>The message is about to be sent, for the first time or again. No two messages have the same text.</summary>
    public sealed record Sent(string Session, string User, string Conversation, string Id, string Text, bool Again = false) : Observation;

    /// <summary>The sender's own echo.</summary>
    public sealed record Echoed(string Connection, string Session, string Conversation, string Id, View Message) : Observation;

    /// <summary>The change is about to be sent, for the first time or again. No two edits have the same text.</summary>
    public sealed record ChangeSent(
        string Session, string User, string Conversation, string Id, Change Change, bool Again = false) : Observation;

    /// <summary>A change: live, or the answer to the connection that asked.</summary>
    /// <param name="Rev">Null if there was nothing to do.</param>
    /// <param name="Session">Of an answer, as <paramref name="Id"/> is.</param>
    public sealed record Changed(
        string Connection, string Conversation, long? Rev, string From, Change Change, string? Session = null, string? Id = null)
        : Observation;

    /// <summary>A client that knew everything up to <paramref name="AfterRev"/> came back, and this is what it got.</summary>
    /// <param name="After">The last message that it asked about.</param>
    /// <param name="Rev">The cut: later changes come live.</param>
    public sealed record Resumed(
        string Conversation, long After, long AfterRev, long Rev, IReadOnlyList<View> Messages) : Observation
    {
        /// <summary>Messages before it may be gone.</summary>
        public long First { get; init; } = 1;
    }

    /// <summary>The message or change was answered with an error.</summary>
    public sealed record Refused(string Session, string Conversation, string Id, string Code) : Observation;

    /// <summary>The connection gets everything after <paramref name="Seq"/> live.</summary>
    /// <param name="After">What the client knew, if it said so.</param>
    public sealed record Cut(string Connection, string Conversation, long Seq, long? After = null) : Observation
    {
        /// <summary>The last change of what was before.</summary>
        public long Rev { get; init; }

        /// <summary>The last change that the client knew.</summary>
        public long? AfterRev { get; init; }
    }

    /// <summary>The connection has left the room.</summary>
    public sealed record Left(string Connection, string Conversation) : Observation;

    /// <summary>A live message of somebody else, or of the same user on another connection.</summary>
    public sealed record Delivered(string Connection, string Conversation, View Message) : Observation;

    /// <summary>A page of the history that proves nothing about what is not in it.</summary>
    public sealed record Listed(string Conversation, IReadOnlyList<View> Messages) : Observation;

    /// <summary>A reading of everything after <paramref name="After"/> is about to be asked for.</summary>
    public sealed record ReadBegan(string Reading, string Conversation, long After) : Observation;

    /// <summary>All pages of that reading, up to the end of the conversation.</summary>
    /// <param name="Rev">The last change of the conversation.</param>
    public sealed record ReadEnded(string Reading, IReadOnlyList<View> Messages, long Rev = 0) : Observation;

    /// <summary>Everything that was logged before has been queued to this connection, and has arrived.</summary>
    public sealed record Settled(string Connection, string Conversation) : Observation;

    /// <summary>The session has a token.</summary>
    public sealed record Welcomed(string Session, string User, string Token) : Observation;

    /// <summary>A token whose <c>welcome</c> had arrived was refused.</summary>
    public sealed record TokenRefused(string Session, string Code) : Observation;

    /// <summary>The client gave up waiting for an answer to the message.</summary>
    public sealed record Unanswered(string Session, string Conversation, string Id) : Observation;

    /// <summary>
    /// From now on the daemon may remove messages from the beginning of the conversation, as long as it keeps the newest.
    /// </summary>
    public sealed record Limited(string Conversation, int Kept) : Observation;

    /// <summary>What follows may be lost with the power: <c>normal</c> promises nothing after the last sync.</summary>
    public sealed record SyncEnded : Observation;

    /// <summary>The power went: until a conversation has been read again, nobody knows where it ends now.</summary>
    public sealed record PowerLost : Observation;
}
