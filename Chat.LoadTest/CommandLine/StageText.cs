using System.Globalization;
using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.CommandLine;

/// <summary>Stages on the command line: <c>10:1,20:1-5</c> is 10 s at 1 action per second and user, then 20 s rising from 1 to 5.</summary>
internal static class StageText
{
    private const int MostStages = 100;
    private const double MostSeconds = 86_400, MostRate = 100_000;

    public static bool TryParse(string text, out IReadOnlyList<Stage> stages)
    {
        List<Stage> found = [];
        stages = found;
        var parts = text.Split(',');
        if (parts.Length > MostStages) return false;
        foreach (var part in parts)
        {
            if (part.Split(':') is not [var length, var rates]) return false;
            if (!TryNumber(length, MostSeconds, out var seconds) || seconds == 0) return false;
            var ends = rates.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], MostRate, out var from)) return false;
            if (!TryNumber(ends[^1], MostRate, out var to)) return false;
            found.Add(ends.Length == 1 ? new(seconds, to) : new(seconds, to, from));
        }
        return found.Sum(stage => stage.Seconds) <= MostSeconds;
    }

    private static bool TryNumber(string text, double most, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && number >= 0
        && number <= most;
}
