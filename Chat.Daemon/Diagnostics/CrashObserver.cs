namespace Chat.Daemon.Diagnostics;

/// <summary>Knows whose code runs in the process. Both are called on any thread, at any moment.</summary>
/// <param name="IsHandled">Whether the process may go on after an exception that nothing caught. If not, it ends.</param>
/// <param name="Exiting">The process is ending, and nobody told the daemon to stop.</param>
internal sealed record CrashObserver(Func<Exception, bool> IsHandled, Action Exiting);
