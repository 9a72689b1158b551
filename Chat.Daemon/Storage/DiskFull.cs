using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage;

internal static class DiskFull
{
    /// <summary>Whether the storage failed only for want of room, with nothing written.</summary>
    public static bool Is(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_FULL } || (failure.InnerException is { } inner && Is(inner));
}
