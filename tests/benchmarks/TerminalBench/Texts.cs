using System.Globalization;
using System.Text.RegularExpressions;

namespace TerminalBench;

/// <summary>The messages of the flood, and what a terminal shows of them.</summary>
internal static partial class Texts
{
    public static string Of(int number) => $"message {number}, as long as most are";

    /// <summary>Says whether each is shown once, in order.</summary>
    public static string Verdict(string shown, int count)
    {
        var numbers = Shown().Matches(shown).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToList();
        if (numbers.SequenceEqual(Enumerable.Range(1, count))) return "each message once, in order";
        var distinct = numbers.Distinct().Count();
        var isOrdered = numbers.Zip(numbers.Skip(1)).All(pair => pair.First <= pair.Second);
        return $"{count - distinct} MISSING, {numbers.Count - distinct} REPEATED, {(isOrdered ? "in order" : "NOT IN ORDER")}";
    }

    [GeneratedRegex("message ([0-9]+), as long as most are")]
    private static partial Regex Shown();
}
