namespace Chat;

/// <summary>When a job runs: once, or again and again.</summary>
public abstract record Schedule
{
    private Schedule()
    {
    }

    /// <summary>Once. If the time has passed, at once.</summary>
    public static Schedule At(DateTimeOffset due) => new Once(due);

    /// <summary>Once, after a delay.</summary>
    public static Schedule After(TimeSpan delay) => new Later(delay);

    /// <summary>Again and again, first after one period. Runs that were missed, such as while the daemon was down, become one.</summary>
    /// <param name="period">From 1 s to 10 years.</param>
    public static Schedule Every(TimeSpan period) => new Periodic(period);

    /// <summary>
    /// At the times of a cron expression of five fields: minute, hour, day of the month, month, day of the week. <c>30 9 * * mon-fri</c> is
    /// half past nine on working days. A time that the clocks skip runs right after; one that they repeat runs once.
    /// </summary>
    /// <param name="zone">Null for the time zone of the daemon's machine.</param>
    public static Schedule Cron(string expression, TimeZoneInfo? zone = null) => new Calendar(expression, zone);

    public sealed record Once(DateTimeOffset Due) : Schedule;

    public sealed record Later(TimeSpan Delay) : Schedule;

    public sealed record Periodic(TimeSpan Period) : Schedule;

    public sealed record Calendar(string Expression, TimeZoneInfo? Zone) : Schedule;
}
