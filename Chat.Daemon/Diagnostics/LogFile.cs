using Microsoft.Extensions.Logging;
using NLog;
using NLog.Extensions.Logging;

namespace Chat.Daemon.Diagnostics;

/// <summary>The process's log, configured by nlog.config. Only this class knows NLog.</summary>
internal static class LogFile
{
    /// <summary>
    /// Opens the log with the nlog.config in the working directory, or else the one beside the program. Call once per process.
    /// </summary>
    /// <param name="folder">The full path of the log folder; null for no files.</param>
    public static ILoggerFactory Open(string? folder)
    {
        var own = Path.GetFullPath("nlog.config");
        GlobalDiagnosticsContext.Set("logs", folder);
        LogManager.ThrowConfigExceptions = true; // otherwise a mistyped target would log nothing
        LogManager.Setup()
            .SetupExtensions(extensions => extensions.RegisterLayoutRenderer("line", Line))
            .LoadConfigurationFromFile(File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "nlog.config"), optional: false);
        if (folder is null)
            foreach (var file in (string[])["file", "security"]) LogManager.Configuration!.RemoveTarget(file);
        return LoggerFactory.Create(log => log
            .SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Trace) // nlog.config sets the levels
            .AddNLog());
    }

    /// <summary>Writes queued lines. Waits at most two seconds, because nobody may be reading standard error.</summary>
    public static void Close()
    {
        LogManager.AutoShutdown = false;
        Task.Run(LogManager.Shutdown).Wait(TimeSpan.FromSeconds(2));
    }

    private static string Line(LogEventInfo line) =>
        Printable.Escape(line.Exception is { } e ? $"{line.FormattedMessage} {e.GetType().Name}: {e.Message}" : line.FormattedMessage);
}
