using System.Data.Common;

namespace Chat.Daemon.Storage.Migration;

/// <summary>The copy. Until it is finished, no daemon starts on it, but the same migration can go on.</summary>
internal interface IMigrationTarget : IDisposable
{
    /// <inheritdoc cref="Database.Place"/>
    string Place { get; }

    DbConnection Connection { get; }

    /// <summary>Null if there is no unfinished copy, but empty tables.</summary>
    MigrationMark? Mark { get; }

    /// <summary>On the disk when it returns, with all that was written before.</summary>
    void SetMark(MigrationMark mark);

    IRowInsert Insert(MigratedTable table, List<string> columns);

    /// <summary>Now a daemon can start on it.</summary>
    void Finish();

    /// <inheritdoc cref="Database.Explain"/>
    StorageUnusableException? Explain(Exception failure);
}
