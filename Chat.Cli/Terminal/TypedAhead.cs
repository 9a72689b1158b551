namespace Chat.Cli.Terminal;

/// <summary>What the user typed before the program was ready.</summary>
internal enum TypedAhead
{
    Nothing,

    /// <summary>The last key was Enter.</summary>
    WholeLines,

    /// <summary>The user is in the middle of a line and may press Enter without looking.</summary>
    UnfinishedLine,
}
