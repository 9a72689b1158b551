using Chat.Daemon.Accounts;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>
/// Checks every page and every row of the database, for <c>chatd check --data</c>. Afterwards each byte and name in the folder is as
/// before, even after a daemon was killed.
/// </summary>
internal static class DatabaseCheck
{
    /// <summary>Damaged rows that are named; the others are counted.</summary>
    private const int MaxNamed = 3;

    private static readonly Func<SqliteConnection, IEnumerable<DamagedRowException>>[] Tables =
    [
        AccountStore.DamagedRows, Bans.DamagedRows, Mutes.DamagedRows, Blocks.DamagedRows, RuntimePermissions.DamagedRows,
        SessionStore.DamagedRows, ConversationStore.DamagedRows, PluginValueStore.DamagedRows, AuditStore.DamagedRows,
        DatabaseMessageLog.DamagedRows,
    ];

    /// <returns>What is wrong and what to do; null if nothing is, or if there is no database yet.</returns>
    public static string? Problem(string dataFolder, string language)
    {
        var path = Path.Combine(Path.GetFullPath(dataFolder), DatabaseFile.Name);
        try
        {
            DatabaseFile.ThrowIfLost(dataFolder);
            if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return null;
            using var held = StateFolder.HoldUnchanged(dataFolder);
            using var connection = DatabaseFile.OpenUnchanged(path);
            var version = Schema.CheckVersion(connection, path);
            if (PageCheck.Full(connection) is { } problem) throw DatabaseFailure.Damaged(path, [problem]);
            if (version == Schema.Version) ThrowIfDamaged(connection, path);
            return IndexProblem(dataFolder)?.In(language);
        }
        catch (Exception e) when (DatabaseFailure.Of(path, e) is StorageUnusableException unusable)
        {
            return unusable.In(language);
        }
    }

    /// <summary>The daemon would notice while it runs, and build another.</summary>
    private static DatabaseUnusableException? IndexProblem(string dataFolder)
    {
        var path = Path.Combine(Path.GetFullPath(dataFolder), IndexFile.Name);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return null;
        try
        {
            using var connection = DatabaseFile.OpenUnchanged(path);
            return PageCheck.Full(connection) is { } problem ? new(texts => texts.IndexDamaged(path, problem)) : null;
        }
        catch (SqliteException e)
        {
            return new(texts => texts.IndexDamaged(path, e.Message.TrimEnd('.')), e);
        }
    }

    private static void ThrowIfDamaged(SqliteConnection connection, string path)
    {
        List<string> named = [];
        var others = 0;
        foreach (var damaged in Tables.SelectMany(table => table(connection)))
        {
            if (named.Count < MaxNamed) named.Add(damaged.Message);
            else others++;
        }
        if (named.Count > 0) throw DatabaseFailure.Damaged(path, named, others);
    }
}
