using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chat;

/// <summary>The converters of the built-in types.</summary>
internal static class Converters
{
    private const NumberStyles Decimal = NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite;

    private static readonly object True = true, False = false;

    public static bool Text(string text, [NotNullWhen(true)] out object? value)
    {
        value = text;
        return true;
    }

    public static bool Integer(string text, [NotNullWhen(true)] out object? value) =>
        Found(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number), number, out value);

    public static bool LongInteger(string text, [NotNullWhen(true)] out object? value) =>
        Found(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number), number, out value);

    public static bool Number(string text, [NotNullWhen(true)] out object? value) =>
        Found(double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), number, out value);

    public static bool Boolean(string text, [NotNullWhen(true)] out object? value)
    {
        value = NameFold.Of(text) switch
        {
            "sim" or "yes" or "true" or "on" or "1" => True,
            "nao" or "no" or "false" or "off" or "0" => False,
            _ => null,
        };
        return value is not null;
    }

    public static bool Parsable<T>(string text, [NotNullWhen(true)] out object? value) where T : IParsable<T> =>
        Found(T.TryParse(text, CultureInfo.InvariantCulture, out var parsed), parsed, out value);

    private static bool Found<T>(bool found, T result, [NotNullWhen(true)] out object? value)
    {
        value = found ? result : null;
        return value is not null;
    }
}
