using System.Globalization;
using Chat.Generators.Declared;

namespace Chat.Generators.Reading;

/// <summary>
/// Checks whether the daemon would accept a text as a value. Values that only the daemon can check (users, rooms, types with their own
/// parser) count as accepted.
/// </summary>
internal static class ValueCheck
{
    private static readonly string[] Truths = ["sim", "yes", "true", "on", "1", "nao", "no", "false", "off", "0"];

    /// <summary>What is wrong, to follow the parameter's name; null if nothing is, or only the daemon can tell.</summary>
    public static string? Problem(Expected expected, string text)
    {
        if (expected.Choices.Count > 0) return Among(expected.Choices, text);
        return expected.Type.Form switch
        {
            TypeForm.Text => null,
            TypeForm.Integer => Number(
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer), integer, text, expected),
            TypeForm.LongInteger => Number(
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer), integer, text, expected),
            TypeForm.Number => Number(IsNumber(text, out var number), number, text, expected),
            TypeForm.Duration => DurationText.SecondsOf(text) is { } seconds
                ? Number(true, seconds, text, expected)
                : $"must be a duration such as 30s or 1h30m, not \"{text}\"",
            TypeForm.Boolean => Truths.Contains(NameFold.Of(text)) ? null : $"must be yes or no, not \"{text}\"",
            TypeForm.Choice => Among(expected.Type.Choices.Select(c => c.Name.Name), text),
            _ => null,
        };
    }

    /// <summary>What is wrong with a number of characters (Unicode scalar values) or of values.</summary>
    public static string? LengthProblem(Bounds bounds, int length, string unit) =>
        length < bounds.MinLength ? $"needs at least {Count(bounds.MinLength.Value, unit)}"
        : length > bounds.MaxLength ? $"can have at most {Count(bounds.MaxLength.Value, unit)}"
        : null;

    private static string? Among(IEnumerable<string> choices, string text) =>
        choices.Any(c => NameFold.Of(c) == NameFold.Of(text)) ? null : $"must be one of {string.Join(", ", choices)}, not \"{text}\"";

    // An editor may run this on .NET Framework, which refuses a number that is too large. .NET makes it infinite, which the daemon refuses.
    private static bool IsNumber(string text, out double number) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out number)
        && !double.IsNaN(number) && !double.IsInfinity(number);

    private static string? Number(bool isNumber, double number, string text, Expected expected) =>
        !isNumber ? $"must be {(expected.Type.Form is TypeForm.Number ? "a number" : "an integer")}, not \"{text}\""
        : number < expected.Bounds.Min ? $"must be at least {Shown(expected.Bounds.Min.Value, expected.Type)}"
        : number > expected.Bounds.Max ? $"must be at most {Shown(expected.Bounds.Max.Value, expected.Type)}"
        : null;

    private static string Shown(double bound, DeclaredType type) =>
        type.Form is TypeForm.Duration ? DurationText.Format(bound) : bound.ToString(CultureInfo.InvariantCulture);

    private static string Count(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")}";
}
