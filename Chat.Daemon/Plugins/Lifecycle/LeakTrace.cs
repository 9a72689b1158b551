namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What a start that failed may have left in memory.</summary>
/// <param name="Traces">As long as one of them is alive, something still refers to it.</param>
/// <param name="Ended">Completes when nothing of the start runs any more; of one that hangs never.</param>
internal sealed record LeakTrace(IReadOnlyList<WeakReference> Traces, Task Ended);
