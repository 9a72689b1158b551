using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>The file of the search index, in the data folder. All of it can be made anew from the database.</summary>
internal sealed class IndexFile(StateFolder folder)
{
    public const string Name = "search.db";

    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-journal"];

    private readonly string path = System.IO.Path.Combine(folder.FolderPath, Name);

    public string Path => path;

    public long Bytes => Suffixes.Sum(suffix => new FileInfo(path + suffix) is { Exists: true } file ? file.Length : 0);

    /// <summary>
    /// A process that is killed loses nothing. After a power loss the index may lack its end, which it then catches up with.
    /// </summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new DatabaseFile(folder.PrivateFile(Name), Durability.Normal).OpenWriter();
        try
        {
            Sql.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 1000;");
            return connection;
        }
        catch (SqliteException e)
        {
            var cause = DiskFull.Clear(e, connection);
            connection.Dispose();
            throw cause;
        }
    }

    public SqliteConnection OpenReader()
    {
        var connection = new DatabaseFile(path, Durability.Normal).OpenReader();
        Sql.Execute(connection, "PRAGMA cache_size = -16384");
        return connection;
    }

    public void Delete() => Delete(folder.FolderPath);

    /// <summary>Deletes the index in that folder, if there is one. No daemon may have it open.</summary>
    public static void Delete(string folder)
    {
        foreach (var suffix in Suffixes) File.Delete(System.IO.Path.Combine(folder, Name + suffix));
    }
}
