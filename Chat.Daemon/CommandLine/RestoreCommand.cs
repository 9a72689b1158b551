using System.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage.Files;

namespace Chat.Daemon.CommandLine;

/// <summary><c>restore FILE</c>: puts a backup in the place of a stopped daemon's database, and keeps the old one beside it.</summary>
internal static class RestoreCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var file = new Argument<string?>("FILE") { HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("restore", environment.Texts.Restore) { file };
        sources.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var given = line.GetValue(file) ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.RestoreFileMissing);
            return RunAsync(sources.From(line), Path.GetFullPath(given), environment, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, string source, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        if (options.Current.IsOnServer) throw new StartupException(ExitStatus.WrongUsage, environment.Texts.DatabaseOnServer);
        var data = Path.GetFullPath(options.Current.DataFolder);
        if (new FileInfo(source) is not { Exists: true, Length: > 0 } || source == Path.Combine(data, DatabaseFile.Name))
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.RestoreNoFile(source));
        using var folder = StateFolder.Open(data);
        string? kept;
        try
        {
            kept = await DatabaseRestore.RunAsync(source, folder, cancellation);
            IndexFile.Delete(data); // it is of the old database; the next start makes another
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.DatabaseUnusable, environment.Texts.RestoreFailed(data, e.Message.TrimEnd('.')));
        }
        var restored = environment.Texts.Restored(source, data);
        await environment.Output.WriteLineAsync(kept is null ? restored : $"{restored} {environment.Texts.RestoreKept(kept)}");
        return ExitStatus.Ok;
    }
}
