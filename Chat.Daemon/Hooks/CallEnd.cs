namespace Chat.Daemon.Hooks;

/// <summary>How a caller's wait for a plugin's code ended.</summary>
internal enum CallEnd
{
    Answered,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It was cancelled at its deadline, and may still run.</summary>
    Missed,

    /// <summary>Its caller quit: it was cancelled, and may still run.</summary>
    Abandoned,
}
