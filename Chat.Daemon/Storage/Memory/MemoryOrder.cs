namespace Chat.Daemon.Storage.Memory;

/// <summary>Numbers the messages of all conversations in memory in the order in which they came. Safe from any thread.</summary>
internal sealed class MemoryOrder
{
    private long last;

    public long Next() => Interlocked.Increment(ref last);
}
