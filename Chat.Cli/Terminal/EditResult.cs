namespace Chat.Cli.Terminal;

/// <summary>The effect of a key.</summary>
internal enum EditResult
{
    Edited,

    /// <summary>Enter.</summary>
    Entered,

    /// <summary>Ctrl-D or Ctrl-C on an empty line.</summary>
    Left,

    /// <summary>Tab.</summary>
    Complete,

    /// <summary>Ctrl-L.</summary>
    Clear,
}
