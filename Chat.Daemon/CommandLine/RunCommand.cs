using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>No sub-command: the daemon runs until it is told to stop.</summary>
internal static partial class RunCommand
{
    public static async Task<int> RunAsync(SettingSources sources, ProcessEnvironment around, CancellationToken cancellation)
    {
        if (UnicodeCheck.Problem(around.Texts) is { } problem)
            throw new StartupException(ExitStatus.WrongUsage, problem);
        using var options = new OptionsSource(sources, around.SettingTexts);
        if (FolderCheck.WriteProblem(options.Current.DataFolder, "Chat:Data:Folder", around.Texts) is { } unusable)
            throw new StartupException(ExitStatus.DatabaseUnusable, unusable);
        using var log = OpenLog(await LogFolderAsync(options.Current.Logging.Folder, around), around);
        try
        {
            options.Watch(TimeProvider.System, log.CreateLogger<OptionsSource>());
            await DaemonHost.RunAsync(options, log, around, cancellation);
            return ExitStatus.Ok;
        }
        catch (Exception e) when (e is not StartupException)
        {
            LogFailed(log.CreateLogger(typeof(RunCommand)), e);
            throw;
        }
    }

    private static ILoggerFactory OpenLog(string? folder, ProcessEnvironment around)
    {
        try
        {
            return around.OpenLog(folder);
        }
        catch (Exception e)
        {
            throw new StartupException(ExitStatus.WrongUsage, around.Texts.LogConfigurationUnusable(e.GetBaseException().Message));
        }
    }

    /// <summary>The log is no reason not to run: where its folder cannot be written, standard error has to do.</summary>
    private static async Task<string?> LogFolderAsync(string folder, ProcessEnvironment around)
    {
        try
        {
            var path = Directory.CreateDirectory(folder).FullName;
            new FileStream(Path.Combine(path, "server.log"), FileMode.Append).Dispose();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await around.Error.WriteLineAsync(Printable.Escape(around.Texts.LogFolderUnusable(folder, e.Message)));
            return null;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The daemon ends because of an error that it does not know.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
