using System.Collections.Concurrent;

namespace Chat.Daemon.Search;

/// <summary>
/// A few read-only connections to the index, each used on its caller's thread. Only half of the processors search at a time, whoever asks:
/// the messages of other users find a free one. Safe from any thread.
/// </summary>
internal sealed class IndexReaders(IndexFile file) : IDisposable
{
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim free = new(AtOnce);
    private readonly ConcurrentStack<IndexReader> idle = new();

    /// <param name="read">Must not keep the connection.</param>
    public async ValueTask<T> ReadAsync<T>(Func<IndexReader, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        IndexReader? reader = null;
        try
        {
            if (!idle.TryPop(out reader)) reader = new IndexReader(file.OpenReader());
            var result = read(reader);
            idle.Push(reader);
            reader = null;
            return result;
        }
        finally
        {
            reader?.Dispose(); // the read failed
            free.Release();
        }
    }

    /// <summary>Waits for the reads that are running, closes all connections, and lets nobody read until that is done.</summary>
    public void WhileClosed(Action act)
    {
        for (var i = 0; i < AtOnce; i++) free.Wait();
        try
        {
            while (idle.TryPop(out var reader)) reader.Dispose();
            act();
        }
        finally
        {
            free.Release(AtOnce);
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var reader)) reader.Dispose();
        free.Dispose();
    }
}
