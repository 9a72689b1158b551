using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Chat.LoadTest.CommandLine;

/// <summary>Options with a range.</summary>
internal static class OptionChecks
{
    public static Option<T> Number<T>(string name, string description, T normal, (T Min, T Max) range, LoadTexts texts)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => normal };
        option.Validators.Add(result => CheckRange(result, name, range, texts));
        return option;
    }

    /// <summary>Null if not given.</summary>
    public static Option<T?> Optional<T>(string name, string description, (T Min, T Max) range, LoadTexts texts)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var option = new Option<T?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => CheckRange(result, name, range, texts));
        return option;
    }

    public static void Check(OptionResult result, bool isValid, Func<string, string> error)
    {
        if (!isValid) result.AddError(error(result.Tokens is [var token, ..] ? token.Value : ""));
    }

    private static void CheckRange<T>(OptionResult result, string name, (T Min, T Max) range, LoadTexts texts)
        where T : struct, IComparable<T>, IParsable<T>
    {
        if (!result.Implicit) Check(result, IsWithin(result, range), given => texts.OutOfRange(name, given, range.Min, range.Max));
    }

    /// <summary>Reads the token itself: the result throws if its token is not a number.</summary>
    private static bool IsWithin<T>(OptionResult result, (T Min, T Max) range) where T : struct, IComparable<T>, IParsable<T> =>
        result.Tokens is [var token]
        && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
        && value.CompareTo(range.Min) >= 0
        && value.CompareTo(range.Max) <= 0;
}
