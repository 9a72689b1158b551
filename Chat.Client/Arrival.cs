namespace Chat.Client;

/// <summary>How a live message relates to the messages delivered before.</summary>
internal enum Arrival
{
    /// <summary>Already delivered, or of a conversation that is not followed.</summary>
    Known,

    /// <summary>The next one in order.</summary>
    Next,

    /// <summary>Messages before it must be fetched first.</summary>
    Ahead,

    /// <summary>The numbering started over: another user has the name now.</summary>
    Restarted,
}
