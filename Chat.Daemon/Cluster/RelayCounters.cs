namespace Chat.Daemon.Cluster;

/// <summary>What a node relays. Safe from any thread.</summary>
internal sealed class RelayCounters
{
    private long open, bytes;

    public long Open => Interlocked.Read(ref open);

    /// <summary>In both directions, since its start.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public long Begin() => Interlocked.Increment(ref open);

    public void End() => Interlocked.Decrement(ref open);

    public void Add(int count) => Interlocked.Add(ref bytes, count);
}
