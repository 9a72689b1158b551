using System.Globalization;

namespace Chat;

/// <summary>Given by name: <c>--name value</c> or <c>--name=value</c>, anywhere before a remainder.</summary>
/// <param name="name">Left out: the parameter's, in lower case, with a hyphen before what was a capital.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>A <see cref="bool"/> that is true where <c>--name</c> stands.</summary>
/// <param name="name">As of an <see cref="OptionAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FlagAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>Takes all that is left of the line, verbatim, or one quoted word; on the last parameter, a string.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RemainderAttribute : Attribute;

/// <summary>The least and the most that a number or a duration may be, both taken.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RangeAttribute : Attribute
{
    public RangeAttribute(double min, double max) => (Min, Max) = (min.ToString("R", CultureInfo.InvariantCulture), max.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Of durations: <c>[Range("1s", "365d")]</c>.</summary>
    public RangeAttribute(string min, string max) => (Min, Max) = (min, max);

    public string Min { get; }

    public string Max { get; }
}

/// <summary>How long a text may be, in Unicode scalar values; of several values how many.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LengthAttribute(int min, int max) : Attribute
{
    public LengthAttribute(int max) : this(0, max)
    {
    }

    public int Min { get; } = min;

    public int Max { get; } = max;
}

/// <summary>Nothing else is taken; without regard to case and accents, the value is as written here.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ChoicesAttribute(params string[] choices) : Attribute
{
    public IReadOnlyList<string> Choices { get; } = choices;
}

/// <summary>The value where none is given, written as a caller would type it, for types that have no constants: <c>[Default("7d")] TimeSpan</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DefaultAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>On a <see cref="User"/>: the caller's role must be higher than this user's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutrankedAttribute : Attribute;

/// <summary>Never written into audit or log.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;

/// <summary>Completion asks <typeparamref name="T"/> what could stand there.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SuggestAttribute<T> : Attribute where T : class, ISuggestions;
