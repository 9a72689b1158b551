namespace CrashChecker.Judging;

/// <summary>A promise that the daemon broke.</summary>
internal sealed record Finding(FindingKind Kind, string Conversation, string Text)
{
    /// <summary>What had been done to the daemon.</summary>
    public string Moment { get; init; } = "";

    public override string ToString() => $"{Kind} in {Conversation}: {Text}{(Moment.Length > 0 ? $" ({Moment})" : "")}";
}

internal enum FindingKind
{
    /// <summary>A message that was echoed or shown is not in the log.</summary>
    Lost,

    /// <summary>A message has two numbers in the log.</summary>
    Doubled,

    /// <summary>A message has another number than it had before.</summary>
    Renumbered,

    /// <summary>A message's text, sender or time differs from what was shown before.</summary>
    Altered,

    /// <summary>Two messages were shown with one number.</summary>
    Contradicted,

    /// <summary>Numbers of a list or of deliveries do not follow each other.</summary>
    Hole,

    /// <summary>A connection got a message twice, or after a later one.</summary>
    Disordered,

    /// <summary>A sender's messages are numbered in another order than sent.</summary>
    SentOrder,

    /// <summary>A refused message is in the log.</summary>
    RefusedButLogged,

    /// <summary>Somebody was shown a message that nobody sent.</summary>
    Invented,

    /// <summary>A connection in the conversation did not get a message.</summary>
    Undelivered,

    /// <summary>A message was delivered to a connection that is not in the room.</summary>
    Uninvited,

    /// <summary>A message got neither echo nor error.</summary>
    Unanswered,

    /// <summary>A message is not shown as its changes left it.</summary>
    Misapplied,

    /// <summary>A message was shown as it had been before a change that was told already.</summary>
    Stale,

    /// <summary>A client that resumed did not get exactly what had changed.</summary>
    Missed,

    /// <summary>A change that changes nothing has a number.</summary>
    Idle,

    /// <summary>The daemon knows less of a conversation than it showed before.</summary>
    WentBack,

    /// <summary>A message that had been removed for its age is there again.</summary>
    Reappeared,

    /// <summary>A deleted room is neither whole nor gone, or is there again.</summary>
    HalfDeleted,

    /// <summary>A session's token is no longer accepted.</summary>
    SessionLost,

    /// <summary>The daemon did not start, did not stop, or damaged its database.</summary>
    Unusable,
}
