namespace Chat.Daemon;

/// <summary>
/// The daemon's time, which never jumps: the time of day at the start, and what the monotonic clock has counted since. Mutes, bans, tokens,
/// held names and countdowns thus last as long as they should while the system's clock is set forward and back. Moments that are stored
/// outlive the daemon: the next start compares them with its own time of day.
/// </summary>
internal sealed class SteadyTime(TimeProvider system) : TimeProvider
{
    private readonly DateTimeOffset start = system.GetUtcNow();
    private readonly long startedAt = system.GetTimestamp();

    /// <summary>The system's clock, for times that people read. It may jump.</summary>
    public DateTimeOffset TimeOfDay => system.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => start + system.GetElapsedTime(startedAt);

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
