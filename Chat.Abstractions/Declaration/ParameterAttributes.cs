using System.Globalization;

namespace Chat;

/// <summary>A parameter that the caller gives by name: <c>--name value</c> or <c>--name=value</c>, anywhere before a remainder.</summary>
/// <param name="name">If left out, the parameter's name in kebab case: <c>maxCount</c> becomes <c>--max-count</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>A <see cref="bool"/> that is true if the caller types <c>--name</c>.</summary>
/// <param name="name">If left out, the parameter's name in kebab case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FlagAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>On the last parameter, a string: takes the rest of the line as typed, or one quoted word.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RemainderAttribute : Attribute;

/// <summary>The lowest and highest number or duration, both inclusive.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RangeAttribute : Attribute
{
    public RangeAttribute(double min, double max) =>
        (Min, Max) = (min.ToString("R", CultureInfo.InvariantCulture), max.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>For durations: <c>[Range("1s", "365d")]</c>.</summary>
    public RangeAttribute(string min, string max) => (Min, Max) = (min, max);

    public string Min { get; }

    public string Max { get; }
}

/// <summary>The length of a text in Unicode scalar values, or the number of values of a parameter that takes several.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LengthAttribute(int min, int max) : Attribute
{
    public LengthAttribute(int max) : this(0, max)
    {
    }

    public int Min { get; } = min;

    public int Max { get; } = max;
}

/// <summary>The only accepted values. Case and accents don't matter; the method gets the value as written here.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ChoicesAttribute(params string[] choices) : Attribute
{
    public IReadOnlyList<string> Choices { get; } = choices;
}

/// <summary>A default value as a caller would type it, for types without constants: <c>[Default("7d")] TimeSpan</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DefaultAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>On a <see cref="User"/>: the caller's role must be higher than this user's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutrankedAttribute : Attribute;

/// <summary>Keeps the value out of the audit and the log.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;

/// <summary>Completion gets its suggestions from <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SuggestAttribute<T> : Attribute where T : class, ISuggestions;
