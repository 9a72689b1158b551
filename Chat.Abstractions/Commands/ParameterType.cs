using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>The type of a parameter's value. The daemon looks up users and rooms; every other type has a converter.</summary>
public sealed record ParameterType
{
    private ParameterType(string name, Type valueType, TextConverter? convert) => (Name, ValueType, Convert) = (name, valueType, convert);

    public static ParameterType Text { get; } = new("text", typeof(string), Converters.Text);

    /// <summary>An <see cref="int"/>.</summary>
    [SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "Help calls it so too.")]
    public static ParameterType Integer { get; } = new("integer", typeof(int), Converters.Integer);

    /// <summary>A <see cref="long"/>.</summary>
    public static ParameterType LongInteger { get; } = new("integer", typeof(long), Converters.LongInteger);

    /// <summary>A finite <see cref="double"/>, with a decimal point.</summary>
    public static ParameterType Number { get; } = new("number", typeof(double), Converters.Number);

    /// <summary>
    /// <c>sim</c>, <c>não</c>, <c>yes</c>, <c>no</c>, <c>true</c>, <c>false</c>, <c>on</c>, <c>off</c>, <c>1</c>, <c>0</c>.
    /// </summary>
    public static ParameterType Boolean { get; } = new("boolean", typeof(bool), Converters.Boolean);

    /// <summary>A <see cref="TimeSpan"/> in days, hours, minutes and seconds: <c>30s</c>, <c>1h30m</c>.</summary>
    public static ParameterType Duration { get; } = new("duration", typeof(TimeSpan), DurationText.Convert);

    public static ParameterType User { get; } = new("user", typeof(User), null);

    /// <summary>A room that the caller may see.</summary>
    public static ParameterType Room { get; } = new("room", typeof(Room), null);

    /// <summary>The name in help, refusals and <c>commands</c> frames.</summary>
    public string Name { get; }

    /// <summary>The type of one value, also for a variadic parameter.</summary>
    public Type ValueType { get; }

    /// <summary>Null for users and rooms.</summary>
    public TextConverter? Convert { get; }

    /// <summary>The values that the type accepts, if it is a closed set; otherwise empty.</summary>
    public IReadOnlyList<LocalizedName> Choices { get; private init; } = [];

    /// <summary>The names of the enum's members. Case and accents don't matter; numbers are not accepted.</summary>
    public static ParameterType Enum<T>() where T : struct, Enum =>
        Choice(System.Enum.GetNames<T>().Select(name => (new LocalizedName(name.ToLowerInvariant()), System.Enum.Parse<T>(name))));

    /// <summary>
    /// A closed set of names and their values. Case and accents don't matter. A value may have several names; the first one is shown.
    /// </summary>
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

    /// <summary>Parsed with the invariant culture.</summary>
    /// <param name="name">Shown to the caller in help and refusals, such as <c>dice</c>.</param>
    public static ParameterType Parsable<T>(string name) where T : IParsable<T> => Custom<T>(name, Converters.Parsable<T>);

    /// <param name="convert">May be called from any thread.</param>
    public static ParameterType Custom<T>(string name, TextConverter convert) => new(name, typeof(T), convert);

    /// <summary>Converts a default value, written as a caller would type it.</summary>
    /// <exception cref="FormatException">The text is not a value of this type, or the daemon looks up values of this type.</exception>
    public object Parse(string text) =>
        Convert is { } convert && convert(text, out var value) ? value : throw new FormatException($"\"{text}\" is not a valid {Name}.");
}
