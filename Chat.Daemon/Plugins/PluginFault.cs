namespace Chat.Daemon.Plugins;

/// <summary>What has to change before another try makes sense.</summary>
internal enum PluginFault
{
    /// <summary>The plugin: it needs another version, or a repair.</summary>
    Broken,

    /// <summary>Nothing but time: the rest of the files may still be arriving.</summary>
    Incomplete,

    /// <summary>Another plugin: once that is gone, this one can start.</summary>
    Conflict,

    /// <summary>The plugin's settings file.</summary>
    Settings,
}
