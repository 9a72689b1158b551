using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>Without a command: runs the daemon until it is told to stop.</summary>
internal static partial class RunCommand
{
    public static async Task<int> RunAsync(SettingSources sources, ProcessEnvironment environment, CancellationToken cancellation)
    {
        if (UnicodeCheck.Problem(environment.Texts) is { } problem)
            throw new StartupException(ExitStatus.WrongUsage, problem);
        using var options = new OptionsSource(sources, environment.SettingTexts);
        if (FolderCheck.WriteProblem(options.Current.DataFolder, "Chat:Data:Folder", environment.Texts) is { } unusable)
            throw new StartupException(ExitStatus.DatabaseUnusable, unusable);
        using var log = OpenLog(await LogFolderAsync(options.Current.Logging.Folder, environment), environment);
        try
        {
            options.Watch(TimeProvider.System, log.CreateLogger<OptionsSource>());
            await DaemonHost.RunAsync(options, log, environment, cancellation);
            return ExitStatus.Ok;
        }
        catch (Exception e) when (e is not (StartupException or StorageUnusableException))
        {
            LogFailed(log.CreateLogger(typeof(RunCommand)), e);
            throw;
        }
    }

    private static ILoggerFactory OpenLog(string? folder, ProcessEnvironment environment)
    {
        try
        {
            return environment.OpenLog(folder);
        }
        catch (Exception e)
        {
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.LogConfigurationUnusable(e.GetBaseException().Message));
        }
    }

    /// <summary>An unwritable log folder is no reason not to start: log to standard error instead.</summary>
    private static async Task<string?> LogFolderAsync(string folder, ProcessEnvironment environment)
    {
        try
        {
            var path = Directory.CreateDirectory(folder).FullName;
            new FileStream(Path.Combine(path, "server.log"), FileMode.Append).Dispose();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await environment.Error.WriteLineAsync(Printable.Escape(environment.Texts.LogFolderUnusable(folder, e.Message)));
            return null;
        }
    }

    [LoggerMessage(EventId = 3, EventName = "DaemonFailed", Level = LogLevel.Critical,
        Message = "Daemon stopped because of an internal error")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
