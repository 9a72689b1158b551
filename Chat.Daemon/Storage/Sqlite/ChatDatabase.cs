using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>The database in the data folder: one writer, a few readers.</summary>
internal sealed partial class ChatDatabase : Database
{
    /// <summary>What looking for damage may add to a start.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);

    private readonly DatabaseFile file;

    private ChatDatabase(DatabaseFile file, LogNames logNames, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        (this.file, LogNames) = (file, logNames);
        Damage = new DamageReports(file.FilePath, logger);
        Writer = new SqliteWriter(file, metrics, Damage, logger);
        Readers = new SqliteReaders(file.OpenReader, Damage);
    }

    public override string Place => file.FilePath;

    public override LogNames LogNames { get; }

    public override SqliteWriter Writer { get; }

    public override SqliteReaders Readers { get; }

    public override DamageReports Damage { get; }

    /// <summary>Opens or creates the database, looks for damage, and migrates its tables to this version.</summary>
    /// <exception cref="DatabaseUnusableException">It is damaged, of another program or a newer version, or cannot be written.</exception>
    public static ChatDatabase Open(StateFolder folder, Durability durability, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        DatabaseFile.ThrowIfLost(folder.FolderPath);
        var file = new DatabaseFile(folder.PrivateFile(DatabaseFile.Name), durability);
        try
        {
            using var connection = file.OpenUntouched();
            return new ChatDatabase(file, Prepare(connection, file, logger), metrics, logger);
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(file.FilePath, e)!;
        }
    }

    public override StorageUnusableException? Explain(Exception failure) => DatabaseFailure.Of(file.FilePath, failure);

    /// <summary>The bytes of a copy made now.</summary>
    public ValueTask<long> LengthAsync(CancellationToken cancellation) =>
        Readers.ReadAsync(reader => reader.Number(DatabaseFile.SelectBytes), cancellation);

    /// <summary>A connection of the caller's own, for reads that must not take one of the others' for long.</summary>
    public SqliteConnection OpenReader() => file.OpenReader();

    /// <summary>Copies it as it is now, while it is used.</summary>
    /// <param name="path">A file that does not exist.</param>
    public async Task CopyAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        using var source = file.OpenReader();
        await DatabaseCopy.WriteAsync(source, path, time, cancellation);
    }

    /// <summary>
    /// Moves what the write-ahead log holds into the database while others write. Else a commit does, and waits for the disk, each time the
    /// log has grown by 16 MB. Blocks.
    /// </summary>
    public override void Checkpoint()
    {
        using var connection = file.OpenUntouched();
        Sql.Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    /// <summary>Commits everything queued, waits for the readers, and leaves a single complete file.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Writer.CloseAsync();
        await Readers.DisposeAsync();
        Writer.Dispose();
    }

    private static LogNames Prepare(SqliteConnection connection, DatabaseFile file, ILogger logger)
    {
        try
        {
            var version = Schema.CheckVersion(connection, file.FilePath);
            LookForDamage(connection, file, logger);
            if (version > 0 && version < Schema.Version) CopyBefore(connection, $"{file.FilePath}.schema-{version}", logger);
            Schema.Migrate(connection, file.FilePath);
            return LogNames.Of(connection);
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(file.FilePath, DiskFull.Clear(e, connection))!;
        }
    }

    /// <summary>Keeps the database of the older version: only with it can that version run again.</summary>
    private static void CopyBefore(SqliteConnection connection, string path, ILogger logger)
    {
        File.Delete(path); // of an earlier attempt
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var copy = new FileStream(path, options);
        using (var write = Sql.Command(connection, "VACUUM INTO $path", ("$path", path)))
        {
            write.CommandTimeout = 0;
            write.ExecuteNonQuery();
        }
        copy.Flush(flushToDisk: true);
        LogCopied(logger, path);
    }

    private static void LookForDamage(SqliteConnection connection, DatabaseFile file, ILogger logger)
    {
        var (problem, isComplete) = PageCheck.Within(connection, LookTime);
        if (problem is not null) throw DatabaseFailure.Damaged(file.FilePath, [problem]);
        if (!isComplete) LogPartlyChecked(logger, (long)LookTime.TotalSeconds);
    }

    [LoggerMessage(EventId = 322, EventName = "DatabaseCopied", Level = LogLevel.Information,
        Message = "Copied the database to {File} before its migration; delete the copy when you no longer need the older version")]
    private static partial void LogCopied(ILogger logger, string file);

    [LoggerMessage(EventId = 320, EventName = "DatabasePartlyChecked", Level = LogLevel.Information,
        Message = "Looked for damage in the database for {Seconds} s and found none; chatd check --data looks at all of it")]
    private static partial void LogPartlyChecked(ILogger logger, long seconds);
}
