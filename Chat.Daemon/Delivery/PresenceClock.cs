namespace Chat.Daemon.Delivery;

/// <summary>Tells rooms to announce who came and went, so that a thousand joins are a few frames. Safe from any thread.</summary>
internal sealed class PresenceClock : IDisposable
{
    /// <summary>Soon enough for a user, long enough to gather a rush.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly ITimer timer;
    private List<RoomFanout> due = [];

    public PresenceClock(TimeProvider time) => timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Called under the fan-out's lock; only the clock's own is taken.</summary>
    public void Add(RoomFanout room)
    {
        lock (gate)
        {
            due.Add(room);
            if (due.Count == 1) timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Tick()
    {
        List<RoomFanout> rooms;
        lock (gate)
        {
            (rooms, due) = (due, []);
        }
        foreach (var room in rooms) room.FlushPresence();
    }
}
