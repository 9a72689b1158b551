namespace Chat.Cli.Terminal;

/// <summary>For which terminals the colours are chosen.</summary>
internal enum ThemeName
{
    /// <summary>Readable on light and on dark.</summary>
    Auto,

    Dark,

    Light,

    /// <summary>No colours.</summary>
    None,
}
