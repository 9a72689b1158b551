using System.Collections.Concurrent;

namespace Chat.LoadTest.Workers;

/// <summary>What all users of a worker measure with. Safe from any thread.</summary>
internal sealed class WorkerGauges(TimeProvider time)
{
    public TimeProvider Time => time;

    public MicrosecondClock Clock { get; } = new(time);

    public Latency Echoes { get; } = new();

    public Latency Deliveries { get; } = new();

    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    public void Refused(string code) => Refusals.AddOrUpdate(code, 1, (_, count) => count + 1);
}
