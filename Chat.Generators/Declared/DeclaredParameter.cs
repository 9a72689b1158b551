namespace Chat.Generators.Declared;

/// <summary>Where a parameter's value comes from; those from <see cref="Argument"/> on are <c>ParameterKind</c>s.</summary>
internal enum Source
{
    Context,
    Aborted,
    Argument,
    Option,
    Flag,
    Remainder,
    Variadic,
}

/// <param name="ValueType">As it is declared; of a variadic one its element's.</param>
/// <param name="List">What a variadic one wants, as code names it, so that no overload is called instead; null: an array.</param>
/// <param name="Default">An expression; null: none.</param>
/// <param name="DefaultText">As a caller would write it; null: none.</param>
/// <param name="Suggestions">The class that proposes values.</param>
internal sealed record DeclaredParameter(
    string Name, Source Source, DeclaredType? Type, string ValueType, string? List, bool Required, string? Default, string? DefaultText,
    Sequence<DeclaredName> Aliases, DeclaredText Summary, Bounds Bounds, Sequence<string> Choices, bool Outranked, bool Secret, string? Suggestions)
{
    public bool IsArgument => Source >= Source.Argument;

    public bool IsNamed => Source is Source.Option or Source.Flag;
}

internal sealed record Bounds(double? Min, double? Max, int? MinLength, int? MaxLength)
{
    public static readonly Bounds None = new(null, null, null, null);
}
