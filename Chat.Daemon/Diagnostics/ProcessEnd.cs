using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Diagnostics;

/// <summary>Ends the process within 15 s of the order to stop, whatever still runs in it: a service manager would kill it later.</summary>
internal static partial class ProcessEnd
{
    /// <summary>A stop takes less than 10 s. Together with the last lines of the log, this is less than 15 s.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private static volatile int status = ExitStatus.StopCutOff; // until the program has finished
    private static bool hasBegun;

    /// <summary>The order to stop has come. Safe from any thread, and more than once.</summary>
    public static void Begin(ILogger? log)
    {
        if (Interlocked.Exchange(ref hasBegun, true)) return;
        new Thread(() => Watch(log)) { IsBackground = true, Name = "End of the process" }.Start(); // plugins may hold the whole pool
    }

    /// <summary>Ends the process now, although foreground threads of plugins may still run. Does not return.</summary>
    public static void Exit(int with)
    {
        status = with;
        Begin(log: null); // something that a plugin registered for the exit may hang
        CrashHandler.Close();
        LogFile.Close();
        Environment.Exit(with);
    }

    private static void Watch(ILogger? log)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(Limit);
        if (status == ExitStatus.StopCutOff && log is not null) LogCutOff(log, Limit.TotalSeconds);
        LogFile.Close();
        Die(status);
    }

    /// <summary>Without the runtime's own end, which waits for code that was registered for it.</summary>
    private static void Die(int with)
    {
        if (OperatingSystem.IsWindows()) Process.GetCurrentProcess().Kill();
        else Exit_(with);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit_(int status);

    [LoggerMessage(EventId = 4, EventName = "StopCutOff", Level = LogLevel.Critical,
        Message = "Stop cut off: it took longer than {Seconds} s. Every message that was echoed is stored. "
            + "A plugin may hang in its stop; the last lines of the log may show which")]
    private static partial void LogCutOff(ILogger logger, double seconds);
}
