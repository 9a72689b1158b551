using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>The time that a plugin gets: the daemon's, with its own timers noted.</summary>
internal sealed class PluginTime(TimeProvider time, PluginActivity activity) : TimeProvider
{
    private PluginActivity Activity => activity;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback);
        timer.Note(dueTime, period);
        timer.Inner = time.CreateTimer(timer.Fire, state, dueTime, period);
        return timer;
    }

    private sealed class Timer(PluginTime time, TimerCallback callback) : ITimer
    {
        private volatile bool repeats, waits;

        /// <summary>Set before the plugin gets the timer.</summary>
        public ITimer Inner { private get; set; } = null!;

        public void Note(TimeSpan dueTime, TimeSpan period)
        {
            repeats = period > TimeSpan.Zero;
            Waits(dueTime != Timeout.InfiniteTimeSpan);
            if (waits) time.Activity.TimerSet();
        }

        public void Fire(object? state)
        {
            if (!repeats) Waits(false);
            time.Activity.TimerFired(repeats);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Note(dueTime, period);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Waits(false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Waits(false);
            return Inner.DisposeAsync();
        }

        private void Waits(bool now)
        {
            if (Interlocked.Exchange(ref waits, now) != now) time.Activity.TimerWaits(now);
        }
    }
}
