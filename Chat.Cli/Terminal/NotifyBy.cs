namespace Chat.Cli.Terminal;

/// <summary>How the terminal gets the user's attention.</summary>
internal enum NotifyBy
{
    Off,

    Bell,

    /// <summary>A desktop notification as iTerm2, Windows Terminal and others have it.</summary>
    Osc9,

    /// <summary>A desktop notification as urxvt, foot and others have it.</summary>
    Osc777,
}
