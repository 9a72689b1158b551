using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>
/// Tells the operator about damaged rows. The daemon keeps serving the intact ones. Safe from any thread.
/// </summary>
internal sealed partial class DamageReports(string databasePath, ILogger logger)
{
    private volatile bool isDamaged;

    /// <summary>Whether any damage was met since the start. Only a restored backup mends it.</summary>
    public bool IsDamaged => isDamaged;

    public void Add(Exception failure)
    {
        switch (failure)
        {
            case DamagedRowException damaged:
                LogDamagedRow(damaged.Row, damaged.Problem);
                break;
            case SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB }:
                LogDamagedPages(databasePath, failure);
                break;
            default:
                return;
        }
        isDamaged = true;
    }

    [LoggerMessage(EventId = 318, EventName = "RowDamaged", Level = LogLevel.Error,
        Message = "Database damaged: {Row}: {Problem}; what needs it is refused. Run chatd check --data on a copy, and restore a backup")]
    private partial void LogDamagedRow(string row, string problem);

    [LoggerMessage(EventId = 319, EventName = "DatabaseDamaged", Level = LogLevel.Error,
        Message = "Database damaged: {File}; what needs the damaged pages is refused. Stop the daemon and restore a backup")]
    private partial void LogDamagedPages(string file, Exception failure);
}
