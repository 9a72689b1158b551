namespace Chat.Daemon.Configuration;

internal enum Registration
{
    /// <summary>Anybody may register.</summary>
    Open,

    /// <summary>Registering needs an admin's invitation.</summary>
    Invitation,

    /// <summary>Only an admin creates accounts.</summary>
    Closed,
}
