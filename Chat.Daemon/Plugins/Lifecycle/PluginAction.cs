namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What an admin can do with a plugin.</summary>
internal enum PluginAction
{
    /// <summary>Inspect it again and start it, even if nothing has changed.</summary>
    Reload,

    /// <summary>Stop it, and do not start it again.</summary>
    Disable,

    /// <summary>End a disable or a quarantine, and start it.</summary>
    Enable,

    /// <summary>Return to the previous version.</summary>
    RollBack,
}
