using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>Whether the text is a value of the type; never throws for any text.</summary>
public delegate bool TextConverter(string text, [NotNullWhen(true)] out object? value);

/// <summary>What a parameter's text is turned into. Users and rooms are looked up by the daemon; any other type brings its converter.</summary>
public sealed record ParameterType
{
    private ParameterType(string name, Type valueType, TextConverter? convert) => (Name, ValueType, Convert) = (name, valueType, convert);

    public static ParameterType Text { get; } = new("text", typeof(string), Converters.Text);

    /// <summary>An <see cref="int"/>.</summary>
    [SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "It names the kind of number, as help texts do.")]
    public static ParameterType Integer { get; } = new("integer", typeof(int), Converters.Integer);

    /// <summary>A <see cref="long"/>.</summary>
    public static ParameterType LongInteger { get; } = new("integer", typeof(long), Converters.LongInteger);

    /// <summary>A finite <see cref="double"/>, with a point.</summary>
    public static ParameterType Number { get; } = new("number", typeof(double), Converters.Number);

    /// <summary><c>sim</c>, <c>não</c>, <c>yes</c>, <c>no</c>, <c>true</c>, <c>false</c>, <c>on</c>, <c>off</c>, <c>1</c>, <c>0</c>.</summary>
    public static ParameterType Boolean { get; } = new("boolean", typeof(bool), Converters.Boolean);

    /// <summary>A <see cref="TimeSpan"/> of days, hours, minutes and seconds in this order: <c>30s</c>, <c>1h30m</c>.</summary>
    public static ParameterType Duration { get; } = new("duration", typeof(TimeSpan), DurationText.Convert);

    public static ParameterType User { get; } = new("user", typeof(User), null);

    /// <summary>Only of rooms that the caller may see.</summary>
    public static ParameterType Room { get; } = new("room", typeof(Room), null);

    /// <summary>What <c>commands</c> frames call it.</summary>
    public string Name { get; }

    /// <summary>Of one value, for a variadic parameter too.</summary>
    public Type ValueType { get; }

    /// <summary>Null for users and rooms.</summary>
    public TextConverter? Convert { get; }

    /// <summary>What may stand where the type itself knows; else empty.</summary>
    public IReadOnlyList<LocalizedName> Choices { get; private init; } = [];

    /// <summary>By the members' names, without regard to case or accents; numbers are not taken.</summary>
    public static ParameterType Enum<T>() where T : struct, Enum =>
        Choice(System.Enum.GetNames<T>().Select(name => (new LocalizedName(name.ToLowerInvariant()), System.Enum.Parse<T>(name))));

    /// <summary>By these names, without regard to case or accents; a value may have several, and is written out by its first.</summary>
    public static ParameterType Choice<T>(IEnumerable<(LocalizedName Name, T Value)> choices) where T : notnull
    {
        var all = choices.Select(c => (c.Name, Folded: NameFold.Of(c.Name.Name), Value: (object)c.Value)).ToArray();
        return new("choice", typeof(T), Convert) { Choices = [.. all.Select(c => c.Name)] };

        bool Convert(string text, [NotNullWhen(true)] out object? value)
        {
            var folded = NameFold.Of(text);
            value = Array.Find(all, c => c.Folded == folded).Value;
            return value is not null;
        }
    }

    /// <summary>Of the invariant culture.</summary>
    /// <param name="name">What the caller reads in help and refusals, such as <c>dice</c>.</param>
    public static ParameterType Parsable<T>(string name) where T : IParsable<T> => Custom<T>(name, Converters.Parsable<T>);

    /// <param name="convert">Called from any thread.</param>
    public static ParameterType Custom<T>(string name, TextConverter convert) => new(name, typeof(T), convert);

    /// <summary>A default that is written as a caller would type it.</summary>
    /// <exception cref="FormatException">It is no value of the type, or the type is looked up by the daemon.</exception>
    public object Parse(string text) => Convert is { } convert && convert(text, out var value) ? value : throw new FormatException($"\"{text}\" is no {Name}.");
}
