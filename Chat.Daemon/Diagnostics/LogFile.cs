using Microsoft.Extensions.Logging;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Targets.Wrappers;

namespace Chat.Daemon.Diagnostics;

/// <summary>The process's log, configured by nlog.config. Only this class knows NLog.</summary>
internal static class LogFile
{
    private static long linesLost;

    /// <summary>Lines since the start that no file has, because its disk did not take them in time.</summary>
    public static long LinesLost => Interlocked.Read(ref linesLost);

    /// <summary>
    /// Opens the log with the nlog.config in the working directory, or else the one beside the program. Call once per process.
    /// </summary>
    /// <param name="folder">The full path of the log folder; null for no files.</param>
    public static ILoggerFactory Open(string? folder)
    {
        var own = Path.GetFullPath("nlog.config");
        GlobalDiagnosticsContext.Set("logs", folder);
        LogManager.AutoShutdown = false; // at the process's end it would wait for a disk that hangs; Close does not
        LogManager.ConfigurationChanged -= CountLosses;
        LogManager.ConfigurationChanged += CountLosses;
        LogManager.ThrowConfigExceptions = true; // otherwise a mistyped target would log nothing
        LogManager.Setup()
            .SetupExtensions(extensions => extensions.RegisterLayoutRenderer("line", Line))
            .LoadConfigurationFromFile(File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "nlog.config"), optional: false);
        if (folder is null)
            foreach (var file in (string[])["file", "security"]) LogManager.Configuration!.RemoveTarget(file);
        // A factory disposes only of providers that it has made, and this one's disposal would wait 15 s for a disk that hangs.
        return new LoggerFactory(
            [new NLogLoggerProvider()], new LoggerFilterOptions { MinLevel = Microsoft.Extensions.Logging.LogLevel.Trace });
    }

    /// <summary>
    /// Writes queued lines. Waits at most two seconds, because the disk or the reader of standard error may hang. The thread is its own:
    /// when a plugin ends the process, blocked calls may hold all threads of the pool.
    /// </summary>
    public static void Close()
    {
        var closing = new Thread(LogManager.Shutdown) { Name = "closes the log", IsBackground = true };
        closing.Start();
        closing.Join(TimeSpan.FromSeconds(2));
    }

    private static void CountLosses(object? sender, LoggingConfigurationChangedEventArgs change)
    {
        var queues = (change.ActivatedConfiguration?.AllTargets ?? []).OfType<AsyncTargetWrapper>();
        foreach (var queue in queues.Where(queue => queue.Name != "console")) // nobody misses lines on a standard error that nobody reads
            queue.LogEventDropped += static (_, _) => Interlocked.Increment(ref linesLost);
    }

    private static string Line(LogEventInfo line) =>
        Printable.Escape(line.Exception is { } e ? $"{line.FormattedMessage} {e.GetType().Name}: {e.Message}" : line.FormattedMessage);
}
