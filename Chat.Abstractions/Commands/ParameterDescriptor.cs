namespace Chat;

/// <summary>One parameter of a command.</summary>
public sealed record ParameterDescriptor
{
    /// <summary>Also the key in the <c>args</c> of a <c>command</c> frame, and the name after <c>--</c> of an option or flag.</summary>
    public required string Name { get; init; }

    /// <summary>Other names. Help shows the one in the session's language; options and <c>args</c> accept them all.</summary>
    public IReadOnlyList<LocalizedName> Aliases { get; init; } = [];

    public ParameterKind Kind { get; init; }

    public required ParameterType Type { get; init; }

    /// <summary>An optional argument can't come before a required one.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// The value of an optional parameter that the caller leaves out: of the type's <see cref="ParameterType.ValueType"/>, or null.
    /// </summary>
    public object? Default { get; init; }

    public LocalizedText Summary { get; init; } = LocalizedText.None;

    /// <summary>Inclusive. In seconds for a duration.</summary>
    public double? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public double? Max { get; init; }

    /// <summary>In Unicode scalar values; for a variadic parameter, the number of values.</summary>
    public int? MinLength { get; init; }

    /// <inheritdoc cref="MinLength"/>
    public int? MaxLength { get; init; }

    /// <summary>The only accepted values, unless empty. Case and accents don't matter; the value is as written here.</summary>
    public IReadOnlyList<LocalizedName> Choices { get; init; } = [];

    /// <summary>More suggestions for completion than the type itself offers.</summary>
    public SuggestionSource? Suggest { get; init; }

    /// <summary>The caller's role must be higher than this user's.</summary>
    public bool Outranked { get; init; }

    /// <summary>Keeps the value out of the audit and the log.</summary>
    public bool Secret { get; init; }

    /// <summary>The name to show in this language.</summary>
    public string NameIn(string language) => Aliases.FirstOrDefault(a => a.Language == language)?.Name ?? Name;

    /// <summary>Whether this is one of the names, ignoring case and accents.</summary>
    /// <param name="folded">A name from <see cref="NameFold.Of"/>.</param>
    public bool Matches(string folded) => NameFold.Of(Name) == folded || Aliases.Any(a => NameFold.Of(a.Name) == folded);
}
