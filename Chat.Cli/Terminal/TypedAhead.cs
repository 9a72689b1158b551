namespace Chat.Cli.Terminal;

/// <summary>What the user had typed before the program was ready for it.</summary>
internal enum TypedAhead
{
    Nothing,

    /// <summary>The last key was Enter.</summary>
    WholeLines,

    /// <summary>The user is in the middle of a line, and may end it without a look at the screen.</summary>
    UnfinishedLine,
}
