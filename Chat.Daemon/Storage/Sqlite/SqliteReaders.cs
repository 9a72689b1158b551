using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>
/// A pool of read-only connections, each used on its caller's thread. They see committed data and never block the writer. Safe from any
/// thread.
/// </summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, DamageReports damage) : IAsyncDisposable
{
    /// <summary>Pages come from memory: more connections would only compete for the processor.</summary>
    public const int Connections = 4;

    private readonly SemaphoreSlim free = new(Connections);
    private readonly ConcurrentStack<ReaderConnection> idle = new();
    private volatile bool closed;

    /// <param name="read">Must not block, nor keep the connection.</param>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<ReaderConnection, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        ReaderConnection? connection = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (!idle.TryPop(out connection)) connection = new ReaderConnection(open());
            var result = read(connection);
            idle.Push(connection);
            connection = null;
            return result;
        }
        catch (Exception e)
        {
            damage.Add(e);
            throw;
        }
        finally
        {
            connection?.Dispose(); // the read failed: the next reader opens a new one
            free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var i = 0; i < Connections; i++) await free.WaitAsync();
        while (idle.TryPop(out var connection)) connection.Dispose();
        free.Release(Connections); // callers that still wait find it closed
    }
}
