namespace Chat;

/// <summary>The daemon's load over one interval.</summary>
/// <param name="Number">1, 2, 3, … since the start of the daemon.</param>
/// <param name="At">The end of the interval.</param>
public sealed record LoadSample(long Number, DateTimeOffset At)
{
    /// <summary>Open connections.</summary>
    public long Connections { get; init; }

    /// <summary>Sessions with a connection.</summary>
    public long Sessions { get; init; }

    /// <summary>Messages stored, a second.</summary>
    public double Messages { get; init; }

    /// <summary>Messages and changes queued for connections, a second.</summary>
    public double Deliveries { get; init; }

    /// <summary>Time to commit to the database.</summary>
    public LatencySummary Commit { get; init; }

    /// <summary>From a message's arrival until it is stored and queued for all who get it: the oldest message of each batch.</summary>
    public LatencySummary Delivery { get; init; }

    /// <summary>Bytes that wait for clients.</summary>
    public long OutboxBytes { get; init; }

    /// <summary>Connections closed because the client did not keep up.</summary>
    public long SlowConsumers { get; init; }

    /// <summary>Processor time a second: 1 is one core.</summary>
    public double Cores { get; init; }

    /// <summary>Memory of the process in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Managed memory in use, in bytes.</summary>
    public long Heap { get; init; }

    /// <summary>Garbage collections.</summary>
    public int Collections { get; init; }

    /// <summary>How long they paused the daemon.</summary>
    public TimeSpan Paused { get; init; }

    /// <summary>Free bytes on the disk of the data folder; null if unknown.</summary>
    public long? DiskFree { get; init; }
}
