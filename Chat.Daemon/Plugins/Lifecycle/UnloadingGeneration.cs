using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A generation that drains, has stopped, or has leaked. Holds only weak references to it.</summary>
internal sealed class UnloadingGeneration(
    string id, string version, string hash, GenerationTally tally, IReadOnlyList<WeakReference> references)
{
    private volatile PluginState state = PluginState.Draining;

    public string Id => id;

    public string Version => version;

    /// <summary>Of its staged copy, which may still be mapped into memory.</summary>
    public string Hash => hash;

    public GenerationTally Tally => tally;

    /// <summary>False if it failed to start.</summary>
    public bool WasActive { get; init; } = true;

    /// <summary>A leaked generation may still be collected later.</summary>
    public PluginState State => state is PluginState.Leaked && IsGone ? PluginState.Collected : state;

    /// <summary>It is not yet known to be collected or leaked.</summary>
    public bool IsEnding => state is PluginState.Draining or PluginState.Stopped;

    /// <summary>Nothing of it is left in memory.</summary>
    public bool IsGone => references.All(reference => !reference.IsAlive);

    public void Enter(PluginState next) => state = next;
}
