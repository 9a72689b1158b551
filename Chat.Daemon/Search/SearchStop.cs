namespace Chat.Daemon.Search;

/// <summary>Why a search ended before it had seen everything, and before its page was full.</summary>
internal enum SearchStop
{
    /// <summary>It took too long.</summary>
    Deadline,

    /// <summary>Older messages are not indexed yet.</summary>
    Unindexed,

    /// <summary>The disk has no room for the index.</summary>
    WithoutRoom,

    /// <summary>The index cannot be used.</summary>
    Failed,
}
