namespace Chat.LoadTest.Measuring;

/// <summary>The latencies of one scenario in one worker since they were last taken. Any thread may use it.</summary>
internal sealed class Recorder
{
    private readonly Lock gate = new();
    private readonly LatencyPair?[] pairs = new LatencyPair?[Enum.GetValues<Metric>().Length];

    /// <summary>The end of the warm-up: what was due earlier is not recorded. Set it before sending starts.</summary>
    public long MeasureFrom { get; set; } = long.MaxValue;

    /// <summary>Deliveries recorded so far.</summary>
    public long Measured { get; private set; }

    public void Record(Metric metric, long due, long written, long now)
    {
        if (due < MeasureFrom) return;
        lock (gate)
        {
            (pairs[(int)metric] ??= new()).Record(due, written, now);
            if (metric is Metric.Echo or Metric.Delivery) Measured++;
        }
    }

    /// <summary>Packs what was recorded, and forgets it.</summary>
    public Dictionary<Metric, PackedPair> Take()
    {
        Dictionary<Metric, PackedPair> taken = [];
        lock (gate)
        {
            for (var i = 0; i < pairs.Length; i++)
            {
                if (pairs[i] is not { Planned.IsEmpty: false } pair) continue;
                taken[(Metric)i] = pair.Pack();
                pair.Clear();
            }
        }
        return taken;
    }
}
