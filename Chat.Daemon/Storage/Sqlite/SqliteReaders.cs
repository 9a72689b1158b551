using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>The readers of the message database.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, DamageReports damage)
    : ReaderPool<ReaderConnection>(() => new(open()), Connections, damage.Add)
{
    /// <summary>Pages come from memory: more connections would only compete for the processor.</summary>
    public const int Connections = 4;
}
