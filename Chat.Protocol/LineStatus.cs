namespace Chat.Protocol;

/// <summary>What <see cref="LineReader"/> found at the start of the buffer.</summary>
public enum LineStatus
{
    /// <summary>No complete line yet.</summary>
    None,

    /// <summary>A line, without its line break.</summary>
    Line,

    /// <summary>A line over the limit. Reported once; the rest of the line is skipped.</summary>
    TooLong,
}
