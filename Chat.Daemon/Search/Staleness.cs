namespace Chat.Daemon.Search;

/// <summary>What a part of the index still holds of messages that have changed.</summary>
internal enum Staleness
{
    None,

    /// <summary>Words of messages that are gone.</summary>
    Deleted,

    /// <summary>Words that were replaced or deleted in a message that is still there: the protocol promises that they go soon.</summary>
    Replaced,
}
