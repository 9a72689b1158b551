using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Hooks;

/// <summary>A call of a plugin's code, seen when its caller stopped waiting.</summary>
/// <param name="Running">Completes when the code has really ended.</param>
/// <param name="Ended">Completes when the callbacks that it registered on its cancellation have ended too.</param>
internal readonly record struct GuardedCall<T>(CallEnd End, Task<T> Running, Task Ended)
{
    /// <summary>The exception that the code threw, as text; null where it threw none, was cancelled or still runs.</summary>
    public Exception? Failure => PluginFailure.Of(Running.Exception?.InnerException);
}
