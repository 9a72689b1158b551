namespace Chat.Cli.Terminal;

/// <summary>The effect of a key.</summary>
internal enum EditResult
{
    Edited,

    /// <summary>Enter.</summary>
    Entered,

    /// <summary>Ctrl-D or Ctrl-C on an empty line.</summary>
    Left,

    /// <summary>A key that the user has bound to a line: run that line, and keep the one being edited.</summary>
    Bound,

    /// <summary>Tab.</summary>
    Complete,

    /// <summary>Shift-Tab.</summary>
    CompleteBack,

    /// <summary>Ctrl-L.</summary>
    Clear,

    /// <summary>Ctrl-X Ctrl-E: edit the line with another program.</summary>
    OpenEditor,

    /// <summary>PageUp: show earlier messages.</summary>
    Earlier,

    /// <summary>Alt-N: show the numbers of messages, or no longer.</summary>
    ToggleNumbers,

    /// <summary>Esc: take back a line that waits.</summary>
    Cancel,
}
