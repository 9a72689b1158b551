using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage;

/// <summary>The database in the data folder: one writer, a few readers.</summary>
internal sealed partial class ChatDatabase : IAsyncDisposable
{
    /// <summary>What looking for damage may add to a start.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);

    private readonly DatabaseFile file;

    private ChatDatabase(DatabaseFile file, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        this.file = file;
        Damage = new DamageReports(file.FilePath, logger);
        Writer = new SqliteWriter(file, metrics, Damage, logger);
        Readers = new SqliteReaders(file, Damage);
    }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    public DamageReports Damage { get; }

    /// <summary>Opens or creates the database, looks for damage, and migrates its tables to this version.</summary>
    /// <exception cref="DatabaseUnusableException">It is damaged, of another program or a newer version, or cannot be written.</exception>
    public static ChatDatabase Open(StateFolder folder, Durability durability, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        DatabaseFile.ThrowIfLost(folder.FolderPath);
        var file = new DatabaseFile(folder.PrivateFile(DatabaseFile.Name), durability);
        try
        {
            using (var connection = file.OpenUntouched())
            {
                Schema.CheckVersion(connection, file.FilePath);
                LookForDamage(connection, file, logger);
                Schema.Migrate(connection, file.FilePath);
            }
            return new ChatDatabase(file, metrics, logger);
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(file.FilePath, e)!;
        }
    }

    /// <summary>What to tell the operator of a failure of the database; null for any other failure.</summary>
    public StorageUnusableException? Explain(Exception failure) => DatabaseFailure.Of(file.FilePath, failure);

    /// <summary>Commits everything queued, waits for the readers, and leaves a single complete file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.CloseAsync();
        await Readers.DisposeAsync();
        Writer.Dispose();
    }

    private static void LookForDamage(SqliteConnection connection, DatabaseFile file, ILogger logger)
    {
        var (problem, isComplete) = PageCheck.Within(connection, LookTime);
        if (problem is not null) throw DatabaseFailure.Damaged(file.FilePath, [problem]);
        if (!isComplete) LogPartlyChecked(logger, (long)LookTime.TotalSeconds);
    }

    [LoggerMessage(EventId = 320, EventName = "DatabasePartlyChecked", Level = LogLevel.Information,
        Message = "Looked for damage in the database for {Seconds} s and found none; chatd check --data looks at all of it")]
    private static partial void LogPartlyChecked(ILogger logger, long seconds);
}
