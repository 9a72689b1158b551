namespace Chat.Testing;

/// <summary>A clock that moves only when it is advanced. Its timers fire in order, on the thread that advances it. Thread-safe.</summary>
/// <param name="start">The initial time, in UTC.</param>
public sealed class TestTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>The default initial time.</summary>
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Guards the timers and the time. No timer fires under it.</summary>
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = start;

    /// <summary>Starts at noon of 1 March 2026, UTC.</summary>
    public TestTime() : this(Noon)
    {
    }

    /// <summary>UTC, on every machine.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

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

    /// <summary>
    /// Advances the clock and fires the timers that are due. Asynchronous work that a timer starts may still be running when this
    /// returns, and a timer that it sets counts from the new time. <see cref="ChatTest.Advances"/> waits for it.
    /// </summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = GetUtcNow() + time;
        while (TakeDue(end) is { } timer) timer.Fire();
    }

    /// <summary>Advances to the next timer and fires all that are due then.</summary>
    /// <returns>False, and nothing happens, if none is due before the end.</returns>
    internal bool AdvanceToNext(DateTimeOffset end)
    {
        DateTimeOffset next;
        lock (gate)
        {
            if (timers.Count == 0 || (next = timers.Min(t => t.Due)) > end) return false;
        }
        while (TakeDue(next) is { } timer) timer.Fire();
        return true;
    }

    /// <summary>Moves to the next timer that is due. Null if none is due before the end.</summary>
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
