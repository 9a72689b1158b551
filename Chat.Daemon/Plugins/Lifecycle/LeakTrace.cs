namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What a failed start may have left in memory.</summary>
/// <param name="References">While one of them is alive, something still references the plugin.</param>
/// <param name="Ended">Completes when no code of the start runs any more. If the start hangs, never.</param>
internal sealed record LeakTrace(IReadOnlyList<WeakReference> References, Task Ended);
