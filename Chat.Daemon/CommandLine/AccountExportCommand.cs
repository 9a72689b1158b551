using System.CommandLine;
using System.Text;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Control;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// <c>account export NAME FILE</c>: writes everything that the database keeps about an account, while the daemon runs or not.
/// </summary>
internal static class AccountExportCommand
{
    /// <summary>More than the last line has.</summary>
    private const int TailBytes = 100;

    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var file = new Argument<string?>("FILE") { HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", environment.Texts.AccountExport) { name, file };
        sources.AddTo(command);
        command.SetAction((line, cancellation) => line.GetValue(name) is { } account && line.GetValue(file) is { } target
            ? RunAsync(sources.From(line), account, Path.GetFullPath(target), environment, cancellation)
            : throw new StartupException(ExitStatus.WrongUsage, environment.Texts.AccountExportMissing));
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, string account, string target, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        var (data, texts) = (Path.GetFullPath(options.Current.DataFolder), environment.Texts);
        if (Path.Exists(target)) throw new StartupException(ExitStatus.WrongUsage, texts.BackupFileExists(target));
        var isRunning = StateFolder.IsHeld(data);
        if (!isRunning && !options.Current.IsOnServer && !File.Exists(Path.Combine(data, DatabaseFile.Name)))
            throw new StartupException(ExitStatus.WrongUsage, texts.BackupNoDatabase(data));
        try
        {
            await NewFile.WriteAsync(target, file => isRunning
                ? FetchAsync(data, account, file, environment, cancellation)
                : options.Current.IsOnServer
                    ? ReadServerAsync(options.Current, account, file, texts, cancellation)
                    : ReadAsync(data, account, file, texts, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.WrongUsage, texts.BackupNotWritten(target, e.Message.TrimEnd('.')));
        }
        await environment.Output.WriteLineAsync(texts.AccountExported(account, target, new FileInfo(target).Length));
        return ExitStatus.Ok;
    }

    private static async Task FetchAsync(
        string data, string account, FileStream file, ProcessEnvironment environment, CancellationToken cancellation)
    {
        await DaemonOrder.GiveAsync(data, new ControlFrames.Order("account export", account), environment.Texts, async (answer, stream) =>
        {
            if (answer.Problem == PasswordReset.NoSuchAccount) throw Unknown(account, data, environment.Texts);
            if (answer.Error is { } error) throw new StartupException(ExitStatus.Failed, error);
            await stream.CopyToAsync(file, cancellation);
            return IsComplete(file) ? answer : throw new EndOfStreamException($"{file.Length} bytes came, but not the end");
        }, cancellation);
    }

    /// <summary>The daemon is stopped: reads its files without changing any.</summary>
    private static async Task ReadAsync(
        string data, string account, FileStream file, ProgramTexts texts, CancellationToken cancellation)
    {
        var path = Path.Combine(data, DatabaseFile.Name);
        DatabaseFile.ThrowIfLost(data);
        using var held = StateFolder.HoldUnchanged(data);
        using (var connection = DatabaseFile.OpenUnchanged(path))
        {
            if (Schema.CheckVersion(connection, path) < Schema.Version)
                throw new StartupException(ExitStatus.DatabaseUnusable, texts.AccountOldDatabase(data));
        }
        await using var readers = new SqliteReaders(
            () => DatabaseFile.OpenUnchanged(path), new DamageReports(path, NullLogger<SqliteWriter>.Instance));
        await ReadAsync(readers, data, account, file, texts, cancellation);
    }

    private static async Task ReadServerAsync(
        ChatOptions options, string account, FileStream file, ProgramTexts texts, CancellationToken cancellation)
    {
        using var metrics = new DaemonMetrics();
        await using var storage = OpenStorage.OpenForOrder(options, metrics);
        await ReadAsync(storage.Database.Readers, options.DataFolder, account, file, texts, cancellation);
    }

    private static async Task ReadAsync(
        DatabaseReaders readers, string data, string account, FileStream file, ProgramTexts texts, CancellationToken cancellation)
    {
        var found = await AccountKey.FindAsync(readers, account, cancellation) ?? throw Unknown(account, data, texts);
        var export = new AccountExport(readers, TimeProvider.System);
        await export.WriteAsync(found, lines => file.WriteAsync(lines, cancellation).AsTask(), cancellation);
    }

    private static bool IsComplete(FileStream file)
    {
        file.Seek(-Math.Min(file.Length, TailBytes), SeekOrigin.End);
        var tail = new byte[TailBytes];
        var lines = Encoding.UTF8.GetString(tail, 0, file.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false)).Split('\n');
        return lines is [.., var last, ""] && last.StartsWith("{\"type\":\"end\"", StringComparison.Ordinal);
    }

    private static StartupException Unknown(string account, string data, ProgramTexts texts) =>
        new(ExitStatus.WrongUsage, texts.AccountUnknown(account, data));
}
