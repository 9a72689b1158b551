using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Chat;

/// <summary>Durations as people write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>1d</c>.</summary>
public static class DurationText
{
    /// <summary>Longest first, the order that a text must follow.</summary>
    private static readonly (char Unit, long Seconds)[] Units = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    /// <summary>Each unit may occur once, longest first; every number needs a unit. At most 1,000,000 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        long total = 0, number = 0;
        int digits = 0, next = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (++digits > 11) return false;
                number = (number * 10) + (c - '0');
                continue;
            }
            var unit = Array.FindIndex(Units, next, u => u.Unit == char.ToLowerInvariant(c));
            if (digits == 0 || unit < 0) return false;
            total += number * Units[unit].Seconds;
            (number, digits, next) = (0, 0, unit + 1);
        }
        if (digits > 0 || next == 0 || total > 1_000_000 * 86_400L) return false;
        duration = TimeSpan.FromSeconds(total);
        return true;
    }

    /// <summary>The shortest form that <see cref="TryParse"/> reads back, in whole seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var rest = (long)duration.TotalSeconds;
        if (rest <= 0) return "0s";
        var text = new StringBuilder();
        foreach (var (unit, seconds) in Units)
        {
            if (rest >= seconds) text.Append(CultureInfo.InvariantCulture, $"{rest / seconds}{unit}");
            rest %= seconds;
        }
        return text.ToString();
    }

    /// <summary>For people: rounded up to hours from a day on, to minutes from a minute on, else to seconds.</summary>
    public static string FormatRounded(TimeSpan duration)
    {
        var unit = duration >= TimeSpan.FromDays(1) ? TimeSpan.FromHours(1)
            : duration >= TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        return Format(unit * Math.Ceiling(duration / unit));
    }

    internal static bool Convert(string text, [NotNullWhen(true)] out object? value)
    {
        value = TryParse(text, out var duration) ? duration : null;
        return value is not null;
    }
}
