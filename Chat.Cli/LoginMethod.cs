namespace Chat.Cli;

/// <summary>How the user logged in.</summary>
internal enum LoginMethod
{
    Guest,
    Password,

    /// <summary>With the token saved by an earlier run.</summary>
    SavedSession,
}
