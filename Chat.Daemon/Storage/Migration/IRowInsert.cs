namespace Chat.Daemon.Storage.Migration;

/// <summary>Inserts rows into one table.</summary>
internal interface IRowInsert : IDisposable
{
    /// <summary>In one transaction.</summary>
    /// <param name="rows">Each with the values of all columns.</param>
    void Insert(IReadOnlyList<object?[]> rows);
}
