using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chat.Plugins.Dice;

/// <summary>Dice in the notation of games: <c>2d6</c>, <c>d20</c>, <c>3d8+2</c>, <c>d6-1</c>.</summary>
/// <param name="Count">1 to 100.</param>
/// <param name="Sides">2 to 1,000.</param>
/// <param name="Added">-1,000 to 1,000.</param>
internal readonly record struct DiceExpression(int Count, int Sides, int Added) : IParsable<DiceExpression>
{
    public static DiceExpression Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var dice) ? dice : throw new FormatException($"\"{s}\" is not a dice expression.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DiceExpression result)
    {
        result = default;
        if (s is null || s.IndexOf('d', StringComparison.OrdinalIgnoreCase) is not (>= 0 and var d)) return false;
        var plus = s.AsSpan(d).IndexOfAny('+', '-') is >= 0 and var at ? d + at : s.Length;
        var count = 1;
        if (d > 0 && !IsNumber(s.AsSpan(0, d), out count)) return false;
        if (!IsNumber(s.AsSpan((d + 1)..plus), out var sides)) return false;
        var added = 0;
        if (plus < s.Length && !IsNumber(s.AsSpan(plus + 1), out added)) return false;
        result = new(count, sides, plus < s.Length && s[plus] == '-' ? -added : added);
        return count is >= 1 and <= 100 && sides is >= 2 and <= 1_000 && added <= 1_000;
    }

    public IReadOnlyList<int> Roll(Random random)
    {
        var sides = Sides;
        return [.. Enumerable.Range(0, Count).Select(_ => random.Next(1, sides + 1))];
    }

    public override string ToString() => $"{Count}d{Sides}{(Added == 0 ? "" : Added.ToString("+0;-0", CultureInfo.InvariantCulture))}";

    private static bool IsNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
