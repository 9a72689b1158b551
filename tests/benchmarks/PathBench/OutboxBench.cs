using BenchmarkDotNet.Attributes;
using Chat.Daemon.Delivery;
using Chat.Daemon.Transport;

namespace PathBench;

/// <summary>Deliveries to one connection: all that are queued leave in one write, which costs nothing here.</summary>
public class OutboxBench
{
    private const int Deliveries = 16;

    private readonly DrainList drainList = new(static () => { });
    private readonly Reader reader;
    private readonly Piece piece;

    public OutboxBench() => (reader, piece) = (new Reader(1, drainList), Batch.Encode(Samples.Messages(1)).All);

    [Benchmark]
    public bool DeliverAndFlush()
    {
        reader.Connection.Outbox.Deliver(piece);
        return drainList.Drain();
    }

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public bool DeliverManyAndFlush()
    {
        for (var i = 0; i < Deliveries; i++) reader.Connection.Outbox.Deliver(piece);
        return drainList.Drain();
    }
}
