namespace Chat.Cli.Terminal;

/// <summary>Why the editor gave no text.</summary>
internal enum EditorProblem
{
    None,

    /// <summary>It could not run, ended with an error, or its file could not be used.</summary>
    Failed,

    /// <summary>No message can be as long as the text.</summary>
    TooLong,
}
