using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>The database could not be read. The index is as good as before.</summary>
internal sealed class IndexSourceException(SqliteException cause) : Exception(cause.Message, cause);
