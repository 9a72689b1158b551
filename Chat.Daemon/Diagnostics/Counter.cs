namespace Chat.Daemon.Diagnostics;

/// <summary>A number that any thread may change. On a hot path, add once per batch.</summary>
internal sealed class Counter
{
    private long value;

    public long Value => Interlocked.Read(ref value);

    /// <param name="count">Negative for something that ends, such as a connection.</param>
    public void Add(long count = 1) => Interlocked.Add(ref value, count);
}
