using System.Collections.Concurrent;

namespace Chat.Daemon.Storage;

/// <summary>
/// Read-only connections to one database, each used on its caller's thread, or on the pool if that is a reactor, unless they have threads
/// of their own. They see committed data and never block the writer. Safe from any thread.
/// </summary>
/// <param name="most">Connections, and reads at a time.</param>
/// <param name="failed">Called with what a read threw, before another read may begin in its place.</param>
/// <param name="threads">Those that read; null for the callers'.</param>
internal class ReaderPool<T>(Func<T> open, int most, Action<Exception> failed, ReaderThreads? threads = null) : IAsyncDisposable
    where T : class, IDisposable
{
    private readonly SemaphoreSlim free = new(most);
    private readonly ConcurrentStack<T> idle = new();
    private volatile bool closed;

    /// <param name="read">Must not block, nor keep the connection.</param>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public async ValueTask<TResult> ReadAsync<TResult>(Func<T, TResult> read, CancellationToken cancellation)
    {
        if (Turn.IsOnThread) await Task.Yield(); // the disk may be slow
        await free.WaitAsync(cancellation);
        return threads is null ? Read(read) : await ElsewhereAsync(threads, read);
    }

    private Task<TResult> ElsewhereAsync<TResult>(ReaderThreads readers, Func<T, TResult> read) => readers.RunAsync(() => Read(read));

    private TResult Read<TResult>(Func<T, TResult> read)
    {
        T? connection = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (!idle.TryPop(out connection)) connection = open();
            var result = read(connection);
            idle.Push(connection);
            connection = null;
            return result;
        }
        catch (Exception e)
        {
            failed(e);
            throw;
        }
        finally
        {
            connection?.Dispose(); // the read failed: the next reader opens a new one
            free.Release();
        }
    }

    /// <summary>Waits for the reads that are running, closes all connections, and lets nobody read until that is done. Blocks.</summary>
    public void WhileClosed(Action act)
    {
        for (var i = 0; i < most; i++) free.Wait();
        try
        {
            CloseIdle();
            act();
        }
        finally
        {
            free.Release(most);
        }
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var i = 0; i < most; i++) await free.WaitAsync();
        CloseIdle();
        free.Release(most); // callers that still wait find it closed
        threads?.Dispose();
    }

    /// <summary>The next reads open connections of their own.</summary>
    public void CloseIdle()
    {
        while (idle.TryPop(out var connection)) connection.Dispose();
    }
}
