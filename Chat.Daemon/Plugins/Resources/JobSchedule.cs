using System.Globalization;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A schedule as it is stored: <c>once</c>, <c>every SECONDS</c> or <c>cron FIELDS ZONE</c>.</summary>
internal static class JobSchedule
{
    private const string Once = "once", Every = "every ", Cron = "cron ";

    /// <summary>For a zone that follows the machine's.</summary>
    private const string Local = "local";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromDays(3653);

    /// <exception cref="FormatException">The cron expression is wrong, or never comes true.</exception>
    public static (string Text, DateTimeOffset First) Of(Schedule schedule, TimeProvider time)
    {
        var now = time.GetUtcNow();
        switch (schedule)
        {
            case Schedule.Once once:
                return (Once, once.Due.ToUniversalTime());
            case Schedule.Later later:
                ArgumentOutOfRangeException.ThrowIfLessThan(later.Delay, TimeSpan.Zero);
                return (Once, later.Delay < DateTimeOffset.MaxValue - now ? now + later.Delay : DateTimeOffset.MaxValue);
            case Schedule.Periodic periodic:
                ArgumentOutOfRangeException.ThrowIfLessThan(periodic.Period, Shortest);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(periodic.Period, Longest);
                return (Every + periodic.Period.TotalSeconds.ToString("R", CultureInfo.InvariantCulture), now + periodic.Period);
            default:
                var calendar = (Schedule.Calendar)schedule;
                var fields = calendar.Expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                var text = $"{Cron}{string.Join(' ', fields)} {IdOf(calendar.Zone)}";
                CronExpression.Parse(calendar.Expression); // five fields, so that the zone is what follows them
                return (text, Next(text, now, time) ?? throw new FormatException($"\"{calendar.Expression}\" never comes true."));
        }
    }

    public static bool Repeats(string text) => text != Once;

    /// <summary>The first time in the future. What was missed since becomes one run, which has just been.</summary>
    /// <param name="due">When it was due.</param>
    /// <returns>Null if it runs no more.</returns>
    public static DateTimeOffset? Next(string text, DateTimeOffset due, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            var period = PeriodOf(text);
            return due > now ? due + period : due + (period * (Math.Floor((now - due) / period) + 1));
        }
        if (!text.StartsWith(Cron, StringComparison.Ordinal)) return null;
        var (fields, zone) = PartsOf(text);
        return CronExpression.Parse(fields).Next(due > now ? due : now, ZoneOf(zone) ?? time.LocalTimeZone);
    }

    /// <summary>The id of a time zone that this machine does not know, or no longer.</summary>
    public static string? LostZoneOf(string text) =>
        text.StartsWith(Cron, StringComparison.Ordinal) && PartsOf(text).Zone is var zone && zone != Local && ZoneOf(zone) is null
            ? zone
            : null;

    /// <summary>Whether this daemon can run it. A newer one may know more kinds.</summary>
    public static bool IsKnown(string text)
    {
        if (text == Once) return true;
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            return double.TryParse(text[Every.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && seconds >= Shortest.TotalSeconds && seconds <= Longest.TotalSeconds;
        }
        try
        {
            return text.StartsWith(Cron, StringComparison.Ordinal) && CronExpression.Parse(PartsOf(text).Fields) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>After a restart with a clock that is set back, a period would last longer by that.</summary>
    public static DateTimeOffset Clamp(string text, DateTimeOffset due, DateTimeOffset now) =>
        text.StartsWith(Every, StringComparison.Ordinal) && due - now > PeriodOf(text) ? now + PeriodOf(text) : due;

    private static TimeSpan PeriodOf(string text) => TimeSpan.FromSeconds(double.Parse(text[Every.Length..], CultureInfo.InvariantCulture));

    private static (string Fields, string Zone) PartsOf(string text)
    {
        var parts = text[Cron.Length..].Split(' ', CronExpression.Fields + 1); // a zone's id may have spaces
        return (string.Join(' ', parts.Take(CronExpression.Fields)), parts.Length > CronExpression.Fields ? parts[^1] : Local);
    }

    private static TimeZoneInfo? ZoneOf(string id) => id != Local && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private static string IdOf(TimeZoneInfo? zone) =>
        zone is null ? Local
        : ZoneOf(zone.Id) is not null ? zone.Id
        : throw new ArgumentException($"\"{zone.Id}\" is not a time zone of this machine, so a restart could not find it.");
}
