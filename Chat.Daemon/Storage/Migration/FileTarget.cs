using System.Data.Common;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Migration;

/// <summary>
/// A data folder without a database. The copy has another name until it is finished, and its mark is a file beside it, which goes last.
/// </summary>
internal sealed class FileTarget : IMigrationTarget
{
    public const string Unfinished = DatabaseFile.Name + ".migrating";

    private const string MarkName = Unfinished + ".from", Checked = "checked";

    private readonly StateFolder folder;
    private readonly string path;
    private SqliteConnection? connection;

    private FileTarget(StateFolder folder)
    {
        this.folder = folder;
        path = Path.Combine(folder.FolderPath, DatabaseFile.Name);
        Mark = ReadMark();
        if (IsRenamed) return;
        if (IsFilled(path) || IsFilled(path + "-wal")) throw new DatabaseUnusableException(texts => texts.TargetNotEmpty(path));
        if (Mark is null) DatabaseFile.Delete(UnfinishedPath); // it was not yet begun
        folder.PrivateFile(Unfinished);
        connection = new DatabaseFile(UnfinishedPath, Durability.Normal).OpenWriter();
        if (Mark is null) Schema.Migrate(connection, UnfinishedPath);
    }

    public string Place => path;

    public DbConnection Connection => connection ??= new DatabaseFile(path, Durability.Normal).OpenReader();

    public MigrationMark? Mark { get; private set; }

    private string UnfinishedPath => Path.Combine(folder.FolderPath, Unfinished);

    private string MarkPath => Path.Combine(folder.FolderPath, MarkName);

    /// <summary>It was finished but for its mark.</summary>
    private bool IsRenamed => Mark is { IsChecked: true } && IsFilled(path) && !File.Exists(UnfinishedPath);

    /// <exception cref="StorageUnusableException">A daemon uses the folder, or has used it, or it cannot be written.</exception>
    public static FileTarget Open(string data)
    {
        var folder = StateFolder.Open(data);
        try
        {
            return new FileTarget(folder);
        }
        catch (Exception e)
        {
            folder.Dispose();
            if (DatabaseFailure.Of(data, e) is { } explained) throw explained;
            throw;
        }
    }

    public void SetMark(MigrationMark mark)
    {
        Sql.Execute(Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        folder.PrivateFile(MarkName + ".new");
        using (var file = new StreamWriter(File.OpenWrite(MarkPath + ".new")))
        {
            file.BaseStream.SetLength(0);
            file.Write($"{mark.Source}\n{(mark.IsChecked ? Checked : "")}\n");
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }
        File.Move(MarkPath + ".new", MarkPath, overwrite: true);
        Mark = mark;
    }

    public IRowInsert Insert(MigratedTable table, List<string> columns) => new FileInsert(connection!, table, columns);

    public void Finish()
    {
        if (!IsRenamed)
        {
            Sql.Execute(Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            connection!.Dispose(); // which deletes the write-ahead log
            using (var file = File.OpenHandle(UnfinishedPath, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(file);
            File.Move(UnfinishedPath, path);
        }
        File.Delete(MarkPath);
    }

    public StorageUnusableException? Explain(Exception failure) => DatabaseFailure.Of(path, failure) ?? failure switch
    {
        IOException or UnauthorizedAccessException =>
            new DatabaseUnusableException(texts => texts.FileUnusable(path, failure.Message.TrimEnd('.')), failure),
        _ => null,
    };

    public void Dispose()
    {
        connection?.Dispose();
        folder.Dispose();
    }

    private MigrationMark? ReadMark() =>
        File.Exists(MarkPath) && File.ReadAllLines(MarkPath) is [var source, var state, ..] ? new(source, state == Checked) : null;

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
