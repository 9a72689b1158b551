using System.Globalization;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>Minute, hour, day of the month, month and day of the week, as in cron. Immutable.</summary>
internal sealed class CronExpression
{
    /// <summary>How many an expression has.</summary>
    public const int Fields = 5;

    /// <summary>A leap day falls on each day of the week within 28 years, and within 40 around a century without one.</summary>
    private const int MostYears = 40;
    private const int MinutesPerDay = 1440;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly ulong minutes, hours, days, months, weekdays;
    private readonly bool isAnyHour, isAnyDay, isAnyWeekday;

    private CronExpression(string[] fields)
    {
        minutes = Field(fields[0], 0, 59, []);
        hours = Field(fields[1], 0, 23, []);
        days = Field(fields[2], 1, 31, []);
        months = Field(fields[3], 1, 12, Months);
        weekdays = Field(fields[4], 0, 7, Days);
        if (Has(weekdays, 7)) weekdays |= 1; // Sunday is both
        (isAnyHour, isAnyDay, isAnyWeekday) = (fields[1][0] == '*', fields[2][0] == '*', fields[4][0] == '*');
    }

    /// <exception cref="FormatException">It has not five fields, or one is wrong.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == Fields
            ? new(fields)
            : throw new FormatException("A cron expression has five fields: minute, hour, day, month, day of the week.");
    }

    /// <summary>
    /// The first time after this one. A time of day that the clocks skip counts as the minute after the gap; of one that they repeat, the
    /// first counts, unless it runs in every hour anyway. Null if there is none.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var time = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).AddMinutes(1);
        for (var end = time.AddYears(MostYears); time < end;)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(time, zone);
            if (Matches(local) ? isAnyHour || !IsRepeated(time, local, zone) : IsAfterGap(time, local, zone)) return new(time);
            var step = !IsDay(local) ? MinutesPerDay - (int)local.TimeOfDay.TotalMinutes : Has(hours, local.Hour) ? 1 : 60 - local.Minute;
            if (step > 1 && zone.GetUtcOffset(time.AddMinutes(step)) != zone.GetUtcOffset(time)) step = 1;
            time = time.AddMinutes(step);
        }
        return null;
    }

    private static bool IsRepeated(DateTime time, DateTime local, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(local) && zone.GetUtcOffset(time) != zone.GetAmbiguousTimeOffsets(local).Max();

    /// <summary>Whether one of the minutes that were skipped just before matches.</summary>
    private bool IsAfterGap(DateTime time, DateTime local, TimeZoneInfo zone)
    {
        var before = TimeZoneInfo.ConvertTimeFromUtc(time.AddMinutes(-1), zone);
        for (var skipped = before.AddMinutes(1); skipped < local; skipped = skipped.AddMinutes(1))
            if (Matches(skipped)) return true;
        return false;
    }

    private bool Matches(DateTime local) => Has(minutes, local.Minute) && Has(hours, local.Hour) && IsDay(local);

    /// <summary>If both days are given, one of them is enough, as in cron.</summary>
    private bool IsDay(DateTime local)
    {
        if (!Has(months, local.Month)) return false;
        var (day, weekday) = (Has(days, local.Day), Has(weekdays, (int)local.DayOfWeek));
        return isAnyDay || isAnyWeekday ? day && weekday : day || weekday;
    }

    private static ulong Field(string text, int min, int max, string[] names)
    {
        var all = 0ul;
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var whole, var every] => (whole, Number(every, 1, max, [])),
                _ => throw Wrong(part),
            };
            var (from, to) = range == "*" ? (min, max) : range.Split('-') switch
            {
                [var one] => (Number(one, min, max, names), step == 1 && !part.Contains('/') ? Number(one, min, max, names) : max),
                [var first, var last] => (Number(first, min, max, names), Number(last, min, max, names)),
                _ => throw Wrong(part),
            };
            if (from > to) throw Wrong(part);
            for (var value = from; value <= to; value += step) all |= 1ul << value;
        }
        return all;
    }

    private static int Number(string text, int min, int max, string[] names)
    {
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0) return named + (min == 0 ? 0 : 1);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(text);
    }

    private static bool Has(ulong set, int value) => (set & (1ul << value)) != 0;

    private static FormatException Wrong(string text) => new($"\"{text}\" is not valid in a cron expression.");
}
