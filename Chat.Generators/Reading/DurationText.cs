using System.Text;

namespace Chat.Generators.Reading;

/// <summary>Durations as the daemon reads and shows them: <c>1h30m</c>.</summary>
internal static class DurationText
{
    private static readonly (char Unit, long Seconds)[] Units = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    /// <summary>Null if the text is not a duration.</summary>
    public static double? SecondsOf(string text)
    {
        long total = 0, number = 0;
        int digits = 0, next = 0;
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9')
            {
                if (++digits > 11) return null;
                number = (number * 10) + (c - '0');
                continue;
            }
            var unit = Array.FindIndex(Units, next, u => u.Unit == char.ToLowerInvariant(c));
            if (digits == 0 || unit < 0) return null;
            total += number * Units[unit].Seconds;
            (number, digits, next) = (0, 0, unit + 1);
        }
        return digits > 0 || next == 0 || total > 1_000_000 * 86_400L ? null : total;
    }

    public static string Format(double seconds)
    {
        var (rest, text) = ((long)seconds, new StringBuilder());
        foreach (var (unit, length) in Units)
        {
            if (rest >= length) text.Append(rest / length).Append(unit);
            rest %= length;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }
}
