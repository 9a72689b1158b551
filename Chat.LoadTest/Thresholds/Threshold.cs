using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.Thresholds;

/// <summary>A condition that fails a run, such as <c>delivery.p99&gt;5ms</c>, <c>chats:lost&gt;0</c> or <c>daemon.cpu&gt;80%</c>.</summary>
internal sealed partial record Threshold(string Expression, string? Scenario, string Figure, string Comparison, double Limit, double Unit)
{
    private const int MostCharacters = 200;

    /// <summary>Milliseconds, mebibytes and plain numbers in each unit.</summary>
    private static readonly Dictionary<string, double> Units = new()
    {
        [""] = 1,
        ["us"] = 0.001,
        ["µs"] = 0.001,
        ["ms"] = 1,
        ["s"] = 1_000,
        ["%"] = 1,
        ["/s"] = 1,
        ["MiB"] = 1,
        ["GiB"] = 1_024,
    };

    public static bool TryParse(string text, [NotNullWhen(true)] out Threshold? threshold)
    {
        threshold = null;
        if (text.Length > MostCharacters || Shape().Match(text) is not { Success: true } match) return false;
        var (figure, unit) = (match.Groups["figure"].Value, match.Groups["unit"].Value);
        if (!FigureTable.Knows(figure) || !Units.TryGetValue(unit, out var times)) return false;
        var limit = double.Parse(match.Groups["limit"].ValueSpan, CultureInfo.InvariantCulture);
        var scenario = match.Groups["scenario"] is { Success: true } named ? named.Value.Trim() : null;
        threshold = new(text, scenario, figure, match.Groups["comparison"].Value, limit, times);
        return true;
    }

    public ThresholdResult Check(Report report)
    {
        var value = FigureTable.Of(report, Scenario, Figure);
        return new(Expression, value is { } v ? Math.Round(v / Unit, 3) : null, value is not { } measured || IsBroken(measured));
    }

    private bool IsBroken(double value) => Comparison switch
    {
        ">" => value > Limit * Unit,
        ">=" => value >= Limit * Unit,
        "<" => value < Limit * Unit,
        _ => value <= Limit * Unit,
    };

    [GeneratedRegex(
        @"^\s*((?<scenario>[^:<>=]+):)?\s*(?<figure>[a-z_.0-9]+)\s*(?<comparison>>=|<=|>|<)\s*"
        + @"(?<limit>\d{1,15}(\.\d{1,9})?)\s*(?<unit>[a-zA-Zµ%/]{0,3})\s*$")]
    private static partial Regex Shape();
}
