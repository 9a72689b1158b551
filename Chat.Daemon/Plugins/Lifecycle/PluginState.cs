namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The state of a plugin, or of one generation of it.</summary>
internal enum PluginState
{
    /// <summary>Found, but not opened yet.</summary>
    Discovered,

    /// <summary>Read without running any of its code; it can run.</summary>
    Inspected,

    /// <summary>Starting, beside the generation that is still active.</summary>
    Starting,

    /// <summary>Its commands and hooks are published.</summary>
    Active,

    /// <summary>Its commands and hooks are no longer published; earlier invocations still run.</summary>
    Draining,

    /// <summary>Torn down, but not yet known to be gone from memory.</summary>
    Stopped,

    /// <summary>Gone from memory.</summary>
    Collected,

    /// <summary>Something still references it.</summary>
    Leaked,

    /// <summary>Refused for a reason.</summary>
    Faulted,

    /// <summary>Failed to start too often.</summary>
    Quarantined,

    /// <summary>Disabled by an admin.</summary>
    Disabled,
}
