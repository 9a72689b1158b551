namespace Chat.Testing;

/// <summary>A clock that stands until it is advanced; its timers fire, in their order, on the thread that does. Safe from any thread.</summary>
/// <param name="start">What it shows first, in UTC.</param>
public sealed class TestTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>What it shows where no test says.</summary>
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Guards all timers. None is called under it.</summary>
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = start;

    /// <summary>Shows noon of 1 March 2026, UTC.</summary>
    public TestTime() : this(Noon)
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What a timer that fires begins may still go on when this returns: wait for what others see of it.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = GetUtcNow() + time;
        while (TakeDue(end) is { } timer) timer.Fire();
    }

    /// <summary>Moves to the next timer that is due by then; null, at the end, where none is.</summary>
    private Timer? TakeDue(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            var reached = next?.Due ?? end;
            if (reached > now) now = reached;
            if (next is null) return null;
            if (next.Period > TimeSpan.Zero) next.Due += next.Period;
            else timers.Remove(next);
            return next;
        }
    }

    private sealed class Timer(TestTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                (Due, Period) = (time.now + dueTime, period);
                if (dueTime != Timeout.InfiniteTimeSpan) time.timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
