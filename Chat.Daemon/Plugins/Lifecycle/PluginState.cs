using Chat.Daemon.Commands;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Where a plugin, or one generation of it, is in its life.</summary>
internal enum PluginState
{
    /// <summary>It lies there, and was not opened yet.</summary>
    Discovered,

    /// <summary>It was read, without running anything of it, and can run.</summary>
    Inspected,

    /// <summary>It sets itself up, beside the generation that still serves.</summary>
    Starting,

    /// <summary>Its commands are in force.</summary>
    Active,

    /// <summary>Its commands are in force no more; what was called still runs.</summary>
    Draining,

    /// <summary>Everything of it was taken down; it is not known yet to be gone.</summary>
    Stopped,

    /// <summary>Nothing of it is left in memory.</summary>
    Collected,

    /// <summary>Something still refers to it.</summary>
    Leaked,

    /// <summary>It is not taken, for a reason.</summary>
    Faulted,

    /// <summary>It failed to start too often to be tried again.</summary>
    Quarantined,

    /// <summary>An admin switched it off.</summary>
    Disabled,
}

internal static class PluginStateWords
{
    /// <summary>As <see cref="PluginSummary.State"/> has it.</summary>
    public static string Word(this PluginState state) => state.ToString().ToLowerInvariant();
}
