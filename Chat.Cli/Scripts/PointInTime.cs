using System.Globalization;

namespace Chat.Cli.Scripts;

/// <summary>Reads a time on the command line: how long ago (<c>90s</c>, <c>1h30m</c>), or a date with or without a time.</summary>
internal static class PointInTime
{
    /// <summary>A date without a zone is a local one.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (TryParseAgo(text, out var ago))
        {
            time = ago < now - DateTimeOffset.MinValue ? now - ago : DateTimeOffset.MinValue; // before all messages
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time);
    }

    private static bool TryParseAgo(string text, out TimeSpan ago)
    {
        ago = TimeSpan.Zero;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == start || at - start > 6 || at == text.Length) return false;
            var number = int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            TimeSpan? unit = text[at++] switch
            {
                's' => TimeSpan.FromSeconds(1),
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                'd' => TimeSpan.FromDays(1),
                _ => null,
            };
            if (unit is not { } length) return false;
            if (number > (TimeSpan.MaxValue - ago) / length) return false;
            ago += number * length;
        }
        return text.Length > 0;
    }
}
