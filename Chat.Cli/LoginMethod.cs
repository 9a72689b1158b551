namespace Chat.Cli;

/// <summary>What the daemon accepted at the login.</summary>
internal enum LoginMethod
{
    Guest,
    Password,

    /// <summary>The token that an earlier run kept.</summary>
    SavedSession,
}
