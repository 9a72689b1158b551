using System.Globalization;
using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads <c>[Range]</c> and <c>[Length]</c>.</summary>
internal sealed class BoundsReader(IParameterSymbol parameter, DeclaredType type, Source source, Findings findings)
{
    public Bounds Read()
    {
        var (min, max) = parameter.Nearest("Range") is { } range ? ReadRange(range) : (null, null);
        var (shortest, longest) = parameter.Nearest("Length") is { } length ? ReadLength(length) : (null, null);
        return new(min, max, shortest, longest);
    }

    private (double?, double?) ReadRange(AttributeData range)
    {
        if (!type.HasRange) return Misfit<double?>(range, "[Range] stands on what is neither int, long, double nor TimeSpan");
        if (Bound(range, 0) is not { } min || Bound(range, 1) is not { } max)
            return Misfit<double?>(range, type.Form is TypeForm.Duration ? "[Range] of a duration has two durations, such as \"1s\" and \"7d\"" : "[Range] of a number has two numbers");
        return min <= max ? (min, max) : Misfit<double?>(range, "Nothing fits [Range]: its least is more than its most");
    }

    private double? Bound(AttributeData range, int index) => (range.ConstructorArguments.ElementAtOrDefault(index).Value, type.Form) switch
    {
        (string text, TypeForm.Duration) => DurationText.SecondsOf(text),
        (string text, _) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) ? number : null,
        (double number, not TypeForm.Duration) when !double.IsNaN(number) => number,
        _ => null,
    };

    private (int?, int?) ReadLength(AttributeData length)
    {
        if (type.Form is not TypeForm.Text && source is not Source.Variadic) return Misfit<int?>(length, "[Length] stands on what is neither a string nor several values");
        var isPair = length.ConstructorArguments.Length == 2;
        var (min, max) = (isPair ? length.Argument<int>(0) : 0, length.Argument<int>(isPair ? 1 : 0));
        return min < 0 ? Misfit<int?>(length, "[Length] is negative") : min <= max ? (min == 0 ? null : min, max) : Misfit<int?>(length, "Nothing fits [Length]: its least is more than its most");
    }

    private (T?, T?) Misfit<T>(AttributeData attribute, string problem)
    {
        findings.Add(Rules.Misfit, attribute.Place(parameter), problem, parameter.Name);
        return default;
    }
}
