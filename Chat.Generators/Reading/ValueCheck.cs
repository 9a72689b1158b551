using System.Globalization;
using Chat.Generators.Declared;

namespace Chat.Generators.Reading;

/// <summary>What a value must be.</summary>
internal sealed record Expected(DeclaredType Type, Bounds Bounds, Sequence<string> Choices);

/// <summary>Whether the daemon would take a text as a value. What only runs at run time (a type's own parser, users, rooms) counts as taken.</summary>
internal static class ValueCheck
{
    private static readonly string[] Truths = ["sim", "yes", "true", "on", "1", "nao", "no", "false", "off", "0"];

    /// <summary>Null where it would, or where that can't be known.</summary>
    public static string? Problem(Expected expected, string text)
    {
        if (expected.Choices.Count > 0) return Among(expected.Choices, text);
        return expected.Type.Form switch
        {
            TypeForm.Text => null,
            TypeForm.Integer => Number(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole), whole, "a whole number", expected),
            TypeForm.LongInteger => Number(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large), large, "a whole number", expected),
            TypeForm.Number => Number(IsNumber(text, out var number), number, "a number", expected),
            TypeForm.Duration => DurationText.SecondsOf(text) is { } seconds ? Number(true, seconds, "", expected) : $"\"{text}\" is no duration, such as 30s or 1h30m",
            TypeForm.Boolean => Truths.Contains(NameFold.Of(text)) ? null : $"\"{text}\" is neither yes nor no",
            TypeForm.Choice => Among(expected.Type.Choices.Select(c => c.Name.Name), text),
            _ => null,
        };
    }

    /// <summary>Of a text, in Unicode scalar values, or of several values.</summary>
    public static string? LengthProblem(Bounds bounds, int length) =>
        length < bounds.MinLength ? $"{length} is less than the least length, {bounds.MinLength}"
        : length > bounds.MaxLength ? $"{length} is more than the most length, {bounds.MaxLength}"
        : null;

    private static string? Among(IEnumerable<string> choices, string text) =>
        choices.Any(c => NameFold.Of(c) == NameFold.Of(text)) ? null : $"\"{text}\" is none of {string.Join(", ", choices)}";

    // .NET Framework, where an editor may run this, refuses what is too large; .NET makes it infinite, which the daemon refuses.
    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && !double.IsNaN(number) && !double.IsInfinity(number);

    private static string? Number(bool isOne, double number, string what, Expected expected) =>
        !isOne ? $"it is not {what}"
        : number < expected.Bounds.Min ? $"it is less than the least, {expected.Bounds.Min}"
        : number > expected.Bounds.Max ? $"it is more than the most, {expected.Bounds.Max}"
        : null;
}
