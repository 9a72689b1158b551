using BenchmarkDotNet.Attributes;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace PathBench;

/// <summary>A committed message goes to all members of its room: encoded once, queued and flushed for each.</summary>
public class FanoutBench
{
    private readonly DrainList drainList = new(static () => { });
    private readonly RoomFanout fanout = new(new RoomAddress("geral"), TimeProvider.System);
    private PendingAppend[] committed = [];

    [Params(10, 100, 1_000)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Enter()
    {
        for (var number = 1; number <= Members; number++)
        {
            var reader = new Reader(number, drainList);
            var cut = fanout.Enter(reader.Subscriber)!;
            fanout.Admit(reader.Subscriber, cut, Outbox.Encoded(new DaemonFrame.Joined("geral", 0, 1, [], false)));
            if (number > 1) continue;
            var message = new PendingMessage(reader.Sender, Samples.Text) { Subscriber = reader.Subscriber, ClientId = "m-1" };
            message.ToEntry(1, 1_700_000_000_000);
            committed = [message];
        }
        while (drainList.Drain()) continue;
    }

    [Benchmark]
    public int Deliver()
    {
        var deliveries = fanout.Emit(committed);
        drainList.Drain();
        return deliveries;
    }
}
