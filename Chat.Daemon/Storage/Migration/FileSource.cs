using System.Data.Common;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;

namespace Chat.Daemon.Storage.Migration;

/// <summary>The SQLite database of a stopped daemon. Nothing in its folder changes until it forgets its epoch.</summary>
internal sealed class FileSource : IMigrationSource
{
    private readonly string path;
    private readonly IDisposable? held;
    private readonly DbConnection connection;

    private FileSource(string path, IDisposable? held, DbConnection connection)
    {
        (this.path, this.held, this.connection) = (path, held, connection);
        Epoch = ReadEpoch(connection);
        Fingerprint = string.Join(' ', Convert.ToHexString(Epoch ?? []), StateOf(path), StateOf(path + "-wal"));
    }

    public string Place => path;

    public DbConnection Connection => connection;

    public byte[]? Epoch { get; }

    public string Fingerprint { get; }

    /// <exception cref="StorageUnusableException">A daemon uses it, or it has not this version's tables.</exception>
    public static FileSource Open(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), DatabaseFile.Name);
        DatabaseFile.ThrowIfLost(folder);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            throw new DatabaseUnusableException(texts => texts.NothingToMigrate(folder));
        var held = StateFolder.HoldUnchanged(folder);
        DbConnection? connection = null;
        try
        {
            var opened = DatabaseFile.OpenUnchanged(path);
            connection = opened;
            if (Schema.CheckVersion(opened, path) < Schema.Version) throw new DatabaseUnusableException(texts => texts.OldSchema(path));
            return new FileSource(path, held, connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            held?.Dispose();
            if (DatabaseFailure.Of(path, e) is { } explained) throw explained;
            throw;
        }
    }

    public static byte[]? ReadEpoch(DbConnection connection) =>
        Sql.Rows(connection, "SELECT value FROM epoch", row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0)).Single();

    public void ForgetEpoch()
    {
        connection.Dispose();
        using var writer = new DatabaseFile(path, Durability.Full).OpenWriter();
        Log.LogNames.Forget(writer);
    }

    public StorageUnusableException? Explain(Exception failure) => DatabaseFailure.Of(path, failure);

    public void Dispose()
    {
        connection.Dispose();
        held?.Dispose();
    }

    private static string StateOf(string path) => new FileInfo(path) is { Exists: true, Length: > 0 } file
        ? string.Create(CultureInfo.InvariantCulture, $"{file.Length}/{file.LastWriteTimeUtc.Ticks}") : "-";
}
