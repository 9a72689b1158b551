using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>The readers of a database that is a file.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, DamageReports damage)
    : DatabaseReaders(() => new(open()), Connections, damage.Add)
{
    /// <summary>Pages come from memory: more connections would only compete for the processor.</summary>
    public const int Connections = 4;
}
