using System.CommandLine;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Control;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.CommandLine;

/// <summary><c>backup FILE</c>: copies the database, while the daemon runs or not, and checks the copy.</summary>
internal static class BackupCommand
{
    /// <summary>What looking for damage in the copy may take.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(10);

    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var file = new Argument<string?>("FILE") { HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("backup", environment.Texts.Backup) { file };
        sources.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var given = line.GetValue(file) ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.BackupFileMissing);
            return RunAsync(sources.From(line), Path.GetFullPath(given), environment, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, string target, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        if (options.Current.IsOnServer) throw new StartupException(ExitStatus.WrongUsage, environment.Texts.DatabaseOnServer);
        var data = options.Current.DataFolder;
        if (Path.Exists(target)) throw new StartupException(ExitStatus.WrongUsage, environment.Texts.BackupFileExists(target));
        if (!File.Exists(Path.Combine(data, DatabaseFile.Name)))
        {
            // A daemon that runs without the file keeps everything on a server.
            var text = StateFolder.IsHeld(data) ? environment.Texts.DatabaseOnServer : environment.Texts.BackupNoDatabase(data);
            throw new StartupException(ExitStatus.WrongUsage, text);
        }
        var unfinished = target + ".unfinished";
        try
        {
            DatabaseFile.Delete(unfinished);
            // A copy by the daemon is about as long as the file, without what is only in the write-ahead log.
            RefuseWithoutRoom(target, new FileInfo(Path.Combine(data, DatabaseFile.Name)).Length, environment);
            if (StateFolder.IsHeld(data)) await FetchAsync(data, unfinished, environment, cancellation);
            else await CopyAsync(data, unfinished, cancellation);
            Check(unfinished);
            File.Move(unfinished, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.BackupNotWritten(target, e.Message.TrimEnd('.')));
        }
        finally
        {
            if (File.Exists(unfinished)) DatabaseFile.Delete(unfinished);
        }
        await environment.Output.WriteLineAsync(environment.Texts.BackupWritten(target, new FileInfo(target).Length >> 10));
        return ExitStatus.Ok;
    }

    /// <exception cref="StartupException">The disk of the file has less room.</exception>
    private static void RefuseWithoutRoom(string file, long needed, ProcessEnvironment environment)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (DiskRoom.TooLittle(folder, needed) is { } free)
            throw NoRoom(environment.Texts.BackupNoRoom(folder, Megabytes(needed), Megabytes(free)));
    }

    private static StartupException NoRoom(string sentence) => new(ExitStatus.WrongUsage, sentence);

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The daemon is stopped: reads its files without changing any.</summary>
    private static async Task CopyAsync(string data, string target, CancellationToken cancellation)
    {
        DatabaseFile.ThrowIfLost(data);
        using var held = StateFolder.HoldUnchanged(data);
        using var source = DatabaseFile.OpenUnchanged(Path.Combine(Path.GetFullPath(data), DatabaseFile.Name));
        await DatabaseCopy.WriteAsync(source, target, TimeProvider.System, cancellation);
    }

    private static async Task FetchAsync(string data, string target, ProcessEnvironment environment, CancellationToken cancellation)
    {
        await DaemonOrder.GiveAsync(data, new ControlFrames.Order("backup"), environment.Texts, async (answer, stream) =>
        {
            if (answer.Problem == Backups.NoRoom)
                throw NoRoom(environment.Texts.BackupNoRoomForCopy(data, Megabytes(answer.Needed), Megabytes(answer.Free)));
            if (answer.Error is { } error) throw new StartupException(ExitStatus.DatabaseUnusable, error);
            RefuseWithoutRoom(target, answer.Length, environment);
            await ReceiveAsync(stream, answer.Length, target, cancellation);
            return answer;
        }, cancellation);
    }

    private static async Task ReceiveAsync(Stream stream, long length, string target, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(target, options);
        await stream.CopyToAsync(file, cancellation);
        if (file.Length != length) throw new EndOfStreamException($"{file.Length} of {length} bytes came");
        file.Flush(flushToDisk: true);
    }

    private static void Check(string path)
    {
        try
        {
            using var copy = DatabaseFile.OpenUnchanged(path);
            Schema.CheckVersion(copy, path);
            if (PageCheck.Within(copy, LookTime).Problem is { } problem) throw DatabaseFailure.Damaged(path, [problem]);
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(path, e)!;
        }
    }
}
