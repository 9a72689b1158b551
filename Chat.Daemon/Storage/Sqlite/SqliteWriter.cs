using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>The writer of a database that is a file.</summary>
internal sealed class SqliteWriter : DatabaseWriter
{
    private readonly WriteAheadLog log;

    public SqliteWriter(DatabaseFile file, DaemonMetrics metrics, DamageReports damage, ILogger<SqliteWriter> logger)
        : this(new WriterConnection(file, logger), metrics, damage, logger)
    {
    }

    private SqliteWriter(WriterConnection connection, DaemonMetrics metrics, DamageReports damage, ILogger logger)
        : base(connection, metrics, damage, logger)
    {
        log = connection.WriteAheadLog;
        metrics.AddGauge("chat.write_ahead_log", "By", "Length of the database's write-ahead log.", () => log.Bytes);
    }

    /// <summary>False while the write-ahead log grows because a reader in another process needs its beginning.</summary>
    public bool IsLogShort => log.IsShort;
}
