using Chat.Daemon.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;
using NLog;
using NLog.Extensions.Logging;

var status = await ChatProgram.RunAsync(args, ProcessEnvironment.OfProcess(LogFile.Open, DatabaseCheck.Problem));
LogFile.Close();
return status;

internal static class LogFile
{
    /// <summary>
    /// The log as the nlog.config of the working directory describes it, else as the one beside the program does. The process has one.
    /// </summary>
    /// <param name="folder">A full path; null: no files.</param>
    public static ILoggerFactory Open(string? folder)
    {
        var own = Path.GetFullPath("nlog.config");
        GlobalDiagnosticsContext.Set("logs", folder);
        LogManager.ThrowConfigExceptions = true; // else a mistyped target would be a silent one
        LogManager.Setup()
            .SetupExtensions(extensions => extensions.RegisterLayoutRenderer("line", Line))
            .LoadConfigurationFromFile(File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "nlog.config"), optional: false);
        if (folder is null)
            LogManager.Configuration!.RemoveTarget("file");
        return LoggerFactory.Create(log => log
            .SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Trace) // nlog.config has the rules
            .AddNLog());
    }

    /// <summary>Writes what still waits. Who holds standard error open and does not read it must not hold up the end.</summary>
    public static void Close()
    {
        LogManager.AutoShutdown = false;
        Task.Run(LogManager.Shutdown).Wait(TimeSpan.FromSeconds(2));
    }

    private static string Line(LogEventInfo line) =>
        Printable.Escape(line.Exception is { } e ? $"{line.FormattedMessage} {e.GetType().Name}: {e.Message}" : line.FormattedMessage);
}
