using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>No room to write: a full disk, a used-up quota, or a limit on the size of files. The remedy is the same.</summary>
internal static partial class DiskFull
{
    private const int NoSpace = 28, TooLargeFile = 27; // ENOSPC, EFBIG
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private static readonly int QuotaExceeded = OperatingSystem.IsMacOS() ? 69 : 122; // EDQUOT

    public static bool Is(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => true,
        IOException e when e.HResult == WindowsDiskFull || IsError(e.HResult) => true,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };

    /// <summary>SQLite takes only ENOSPC for a full disk, and the other two for a broken one.</summary>
    /// <param name="failure">The last failure of the connection.</param>
    /// <returns>The same, with <c>SQLITE_FULL</c> as its code if a write failed for want of room.</returns>
    public static Exception Clear(Exception failure, SqliteConnection connection)
    {
        if (OperatingSystem.IsWindows() || failure is not SqliteException { SqliteExtendedErrorCode: raw.SQLITE_IOERR_WRITE } broken)
            return failure;
        var error = sqlite3_system_errno(connection.Handle!.DangerousGetHandle());
        return IsError(error)
            ? new SqliteException($"{broken.Message} ({Marshal.GetPInvokeErrorMessage(error)})", raw.SQLITE_FULL, raw.SQLITE_FULL)
            : failure;
    }

    private static bool IsError(int error) => !OperatingSystem.IsWindows() && (error is NoSpace or TooLargeFile || error == QuotaExceeded);

    [LibraryImport("e_sqlite3")]
    private static partial int sqlite3_system_errno(nint database);
}
