namespace Chat.Daemon;

/// <summary>What all connections of one address share. Of an IPv6 address, its network counts.</summary>
internal sealed class AddressUsage(string network, TimeProvider time)
{
    /// <summary>Requests to plugins at once: with slow ones, a few clients would take what all have.</summary>
    private const int MostRequests = 16;

    /// <summary>The network's name, for the log.</summary>
    public string Network => network;

    /// <summary>Of every frame.</summary>
    public Budget Frames { get; } = new(time);

    /// <summary>Of messages and commands.</summary>
    public Budget Messages { get; } = new(time);

    /// <summary>Of requests to plugins.</summary>
    public Slots Requests { get; } = new(MostRequests);
}
