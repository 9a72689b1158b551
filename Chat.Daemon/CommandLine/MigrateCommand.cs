using System.CommandLine;
using System.Diagnostics;
using Chat.Daemon.Cluster;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Migration;

namespace Chat.Daemon.CommandLine;

/// <summary><c>migrate --from A --to B</c>: copies a stopped daemon's database from its data folder to a server, or back.</summary>
internal static class MigrateCommand
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromSeconds(1);

    /// <summary>Of the data folder, they stay or are made anew.</summary>
    private static readonly string[] OfDaemon = [DatabaseFile.Name, IndexFile.Name, "chatd.lock", "control.sock"];

    public static Command Create(ProcessEnvironment environment)
    {
        const string Place = "DIR|\"Host=…\"";
        var from = new Option<string?>("--from") { HelpName = Place, Description = environment.Texts.MigrateFrom };
        var to = new Option<string?>("--to") { HelpName = Place, Description = environment.Texts.MigrateTo };
        var command = new Command("migrate", environment.Texts.Migrate) { from, to };
        command.SetAction((line, _) => (line.GetValue(from), line.GetValue(to)) is ({ } source, { } target)
            ? RunAsync(source, target, environment)
            : throw new StartupException(ExitStatus.WrongUsage, environment.Texts.MigrateMissing));
        return command;
    }

    /// <summary>A folder whose name has a = can be given as ./NAME.</summary>
    private static bool IsOnServer(string place) => place.Contains('=') && place.IndexOfAny(['/', '\\']) is var slash
        && (slash < 0 || slash > place.IndexOf('='));

    private static async Task<int> RunAsync(string from, string to, ProcessEnvironment environment)
    {
        if (IsOnServer(from) == IsOnServer(to)) throw new StartupException(ExitStatus.WrongUsage, environment.Texts.MigrateSameKind);
        using IMigrationSource source = IsOnServer(from) ? ServerSource.Open(from) : FileSource.Open(from);
        using IMigrationTarget target = IsOnServer(to) ? ServerTarget.Open(to) : FileTarget.Open(to);
        if (!IsOnServer(to)) IndexFile.Delete(to); // of an earlier database
        if (target.Mark is not null) Tell(environment, environment.Texts.MigrateGoesOn);
        var clock = Stopwatch.StartNew();
        var toldAt = TimeSpan.Zero;
        try
        {
            var (rows, conversations) = await new DatabaseMigration(source, target, ClusterNode.Program, Progress).RunAsync();
            var seconds = Math.Max(1, (long)Math.Round(clock.Elapsed.TotalSeconds));
            await environment.Output.WriteLineAsync(
                environment.Texts.Migrated(source.Place, target.Place, rows, conversations, seconds));
        }
        catch (Exception e)
        {
            if ((source.Explain(e) ?? target.Explain(e)) is { } explained) throw explained;
            throw;
        }
        await TellNextAsync(from, to, environment);
        return ExitStatus.Ok;

        void Progress(MigratedTable table, long done, long total)
        {
            if (clock.Elapsed - toldAt < ProgressPause) return;
            toldAt = clock.Elapsed;
            Tell(environment, environment.Texts.MigrateProgress(table.Name, done, total));
        }
    }

    private static void Tell(ProcessEnvironment environment, string sentence) =>
        environment.Error.WriteLine(Printable.Escape(sentence));

    private static async Task TellNextAsync(string from, string to, ProcessEnvironment environment)
    {
        var (texts, folder) = (environment.Texts, Path.GetFullPath(IsOnServer(to) ? from : to));
        await environment.Output.WriteLineAsync(IsOnServer(to) ? texts.MigrateSetServer(folder) : texts.MigrateSetFolder(folder));
        var retired = IsOnServer(from) ? texts.MigrateDatabase : texts.MigrateFiles(folder);
        await environment.Output.WriteLineAsync(texts.MigrateRetired(retired));
        var others = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)
            .Where(name => !OfDaemon.Any(own => name == own || name.StartsWith(own + "-", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            await environment.Output.WriteLineAsync(Printable.Escape(texts.MigrateOthers(folder, string.Join(", ", others))));
    }
}
