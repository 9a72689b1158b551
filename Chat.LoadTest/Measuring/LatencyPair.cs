namespace Chat.LoadTest.Measuring;

/// <summary>
/// The same events measured twice: from the planned moment, and from when the request was really written. The second hides the time
/// that a slow daemon keeps requests waiting; it is there to be compared with tools that report only it.
/// </summary>
internal sealed class LatencyPair
{
    public Latency Planned { get; } = new();

    public Latency Uncorrected { get; } = new();

    public void Record(long due, long written, long now)
    {
        Planned.Record(now - due);
        Uncorrected.Record(now - written);
    }

    public PackedPair Pack() => new(Planned.Pack(), Uncorrected.Pack());

    public void Add(PackedPair packed)
    {
        Planned.Add(packed.Planned);
        Uncorrected.Add(packed.Uncorrected);
    }

    public void Clear()
    {
        Planned.Clear();
        Uncorrected.Clear();
    }
}
