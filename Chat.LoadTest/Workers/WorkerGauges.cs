using System.Collections.Concurrent;

namespace Chat.LoadTest.Workers;

/// <summary>The clock and the histograms that all users of a worker share. Any thread may use it.</summary>
internal sealed class WorkerGauges(TimeProvider time)
{
    public TimeProvider Time => time;

    public MicrosecondClock Clock { get; } = new(time);

    /// <summary>The end of the warm-up: latencies of messages due earlier are not recorded. Set it before sending starts.</summary>
    public long MeasureFrom { get; set; }

    public Latency Echoes { get; } = new();

    public Latency Deliveries { get; } = new();

    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    public void Echoed(long due, long now) => Record(Echoes, due, now);

    public void Delivered(long due, long now) => Record(Deliveries, due, now);

    public void Refused(string code) => Refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    private void Record(Latency latency, long due, long now)
    {
        if (due >= MeasureFrom) latency.Record(now - due);
    }
}
