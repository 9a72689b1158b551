using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A generation on its way out. Knows of it no more than whether it is still there.</summary>
internal sealed class PluginUnload(string id, string version, string hash, GenerationTally tally, IReadOnlyList<WeakReference> traces)
{
    private volatile PluginState state = PluginState.Draining;

    public string Id => id;

    public string Version => version;

    /// <summary>Its copy may be mapped still.</summary>
    public string Hash => hash;

    public GenerationTally Tally => tally;

    /// <summary>False: it failed to start.</summary>
    public bool HasServed { get; init; } = true;

    /// <summary>What leaked once may yet be let go of.</summary>
    public PluginState State => state is PluginState.Leaked && IsGone ? PluginState.Collected : state;

    /// <summary>It is not known yet what becomes of it.</summary>
    public bool IsEnding => state is PluginState.Draining or PluginState.Stopped;

    public bool IsGone => traces.All(trace => !trace.IsAlive);

    public void Became(PluginState next) => state = next;
}
