using System.Globalization;
using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads <c>[Range]</c> and <c>[Length]</c>.</summary>
internal sealed class BoundsReader(IParameterSymbol parameter, DeclaredType type, Source source, Findings findings)
{
    private const string DurationsNeeded = "[Range] on a TimeSpan needs two durations, such as \"1s\" and \"7d\"";

    public Bounds Read()
    {
        var (min, max) = parameter.Nearest("Range") is { } range ? ReadRange(range) : (null, null);
        var (shortest, longest) = parameter.Nearest("Length") is { } length ? ReadLength(length) : (null, null);
        return new(min, max, shortest, longest);
    }

    private (double?, double?) ReadRange(AttributeData range)
    {
        if (!type.HasRange) return Mismatch<double?>(range, "[Range] needs an int, long, double or TimeSpan");
        if (Bound(range, 0) is not { } min || Bound(range, 1) is not { } max)
            return Mismatch<double?>(range, type.Form is TypeForm.Duration ? DurationsNeeded : "[Range] on a number needs two numbers");
        return min <= max ? (min, max) : Mismatch<double?>(range, "[Range] accepts nothing: its minimum is greater than its maximum");
    }

    private double? Bound(AttributeData range, int index) => (range.ConstructorArguments.ElementAtOrDefault(index).Value, type.Form) switch
    {
        (string text, TypeForm.Duration) => DurationText.SecondsOf(text),
        (string text, _) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number)
                ? number
                : null,
        (double number, not TypeForm.Duration) when !double.IsNaN(number) => number,
        _ => null,
    };

    private (int?, int?) ReadLength(AttributeData length)
    {
        if (type.Form is not TypeForm.Text && source is not Source.Variadic)
            return Mismatch<int?>(length, "[Length] needs a string, or a parameter that takes several values");
        var isPair = length.ConstructorArguments.Length == 2;
        var (min, max) = (isPair ? length.Argument<int>(0) : 0, length.Argument<int>(isPair ? 1 : 0));
        return min < 0 ? Mismatch<int?>(length, "[Length] can't be negative")
            : min <= max ? (min == 0 ? null : min, max)
            : Mismatch<int?>(length, "[Length] accepts nothing: its minimum is greater than its maximum");
    }

    private (T?, T?) Mismatch<T>(AttributeData attribute, string problem)
    {
        findings.Add(Rules.AttributeMismatch, attribute.LocationOr(parameter), problem, parameter.Name);
        return default;
    }
}
