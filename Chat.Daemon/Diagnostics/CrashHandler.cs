using System.Runtime.ExceptionServices;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// What the process does if an exception is caught nowhere, or if it ends although nobody told the daemon to stop. The runtime knows one
/// such handler per process; in a process without it (a test's), an observer is never called.
/// </summary>
internal static class CrashHandler
{
    private static bool isInstalled, isOver;
    private static CrashObserver? observer;

    /// <summary>Called once, before anything else registers for the process's end.</summary>
    public static void Install()
    {
        isInstalled = true;
        ExceptionHandling.SetUnhandledExceptionHandler(IsHandled);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => OnExit();
    }

    /// <summary>Until the process ends: a plugin may throw on a thread of its own after the daemon has stopped.</summary>
    public static void Observe(CrashObserver by)
    {
        if (isInstalled) Volatile.Write(ref observer, by);
    }

    /// <summary>The program has finished: the process's end is no crash.</summary>
    public static void Close() => Volatile.Write(ref isOver, true);

    private static bool IsHandled(Exception failure)
    {
        if (Volatile.Read(ref observer) is not { } watching) return false;
        if (watching.IsHandled(failure)) return true;
        LogFile.Close();
        return false;
    }

    private static void OnExit()
    {
        if (Volatile.Read(ref isOver) || Volatile.Read(ref observer) is not { } watching) return;
        watching.Exiting();
        Environment.ExitCode = ExitStatus.Failed; // Environment.Exit(0) is not a clean stop, and a service manager must restart the daemon
        LogFile.Close();
    }
}
