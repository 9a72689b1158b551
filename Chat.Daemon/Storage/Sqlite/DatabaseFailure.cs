using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>Says in one sentence why the database cannot be used, and what to do.</summary>
internal static class DatabaseFailure
{
    /// <param name="failure">What using the database threw.</param>
    /// <returns>Null if that was not the database's fault.</returns>
    public static StorageUnusableException? Of(string path, Exception failure) => failure switch
    {
        StorageUnusableException known => known,
        SqliteException e => new DatabaseUnusableException(
            texts => texts.Unusable(path, e.Message.TrimEnd('.'), Remedy(e.SqliteErrorCode, texts)), e),
        DamagedRowException e => Damaged(path, [e.Message]),
        { InnerException: { } inner } => Of(path, inner),
        _ => null,
    };

    /// <param name="problems">Those to name, at least one.</param>
    /// <param name="others">How many more there are.</param>
    public static DatabaseUnusableException Damaged(string path, IReadOnlyList<string> problems, int others = 0) => new(texts =>
        texts.Damaged(path, string.Join("; ", others == 0 ? problems : [.. problems, texts.OtherProblems(others)])));

    private static string Remedy(int code, StorageTexts texts) => code switch
    {
        raw.SQLITE_NOTADB => texts.MoveAway,
        raw.SQLITE_FULL => texts.FreeSpace,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => texts.CloseOther,
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => texts.AllowWriting,
        raw.SQLITE_IOERR => texts.CheckDisk,
        _ => texts.Restore,
    };
}
