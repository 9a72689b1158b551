namespace Chat;

/// <summary>How a parameter finds its text on a line.</summary>
public enum ParameterKind
{
    /// <summary>The next word.</summary>
    Argument,

    /// <summary><c>--name value</c> or <c>--name=value</c>, anywhere before a remainder.</summary>
    Option,

    /// <summary><c>--name</c>: true where it stands.</summary>
    Flag,

    /// <summary>All that is left of the line, verbatim, or one quoted word; last.</summary>
    Remainder,

    /// <summary>All words that are left, each a value; last.</summary>
    Variadic,
}

/// <summary>One parameter, in the order in which <see cref="ArgumentValues"/> counts them.</summary>
public sealed record ParameterDescriptor
{
    /// <summary>Also the key in the <c>args</c> of a <c>command</c> frame, and an option's name behind <c>--</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Further names of it: help shows the language's, options and <c>args</c> take them all.</summary>
    public IReadOnlyList<LocalizedName> Aliases { get; init; } = [];

    public ParameterKind Kind { get; init; }

    public required ParameterType Type { get; init; }

    /// <summary>No required argument follows one that is not.</summary>
    public bool Required { get; init; }

    /// <summary>The value where none is given and none required; of the type's own, or null.</summary>
    public object? Default { get; init; }

    public LocalizedText Summary { get; init; } = LocalizedText.None;

    /// <summary>Inclusive; of a duration in seconds.</summary>
    public double? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public double? Max { get; init; }

    /// <summary>In Unicode scalar values; of a variadic parameter the number of values.</summary>
    public int? MinLength { get; init; }

    /// <inheritdoc cref="MinLength"/>
    public int? MaxLength { get; init; }

    /// <summary>Where not empty, nothing else is taken. Compared without case and accents; the value is as written here.</summary>
    public IReadOnlyList<LocalizedName> Choices { get; init; } = [];

    /// <summary>What completion proposes beyond what the type knows; null: nothing.</summary>
    public SuggestionSource? Suggest { get; init; }

    /// <summary>The caller's role must be higher than this user's.</summary>
    public bool Outranked { get; init; }

    /// <summary>Never written into audit or log.</summary>
    public bool Secret { get; init; }

    /// <summary>The name that is shown to those who speak the language.</summary>
    public string NameIn(string language) => Aliases.FirstOrDefault(a => a.Language == language)?.Name ?? Name;

    /// <summary>Whether it is one of the names, without regard to case and accents.</summary>
    /// <param name="folded">By <see cref="NameFold"/>.</param>
    public bool Matches(string folded) => NameFold.Of(Name) == folded || Aliases.Any(a => NameFold.Of(a.Name) == folded);
}
