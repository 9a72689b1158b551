namespace Chat.Generators.Declared;

/// <param name="ValueType">The declared type; for a variadic parameter, the type of one value.</param>
/// <param name="List">The declared type of a variadic parameter, for a cast that picks the right overload; null for an array.</param>
/// <param name="Default">An expression, or null.</param>
/// <param name="DefaultText">As a caller would type it, or null.</param>
/// <param name="Suggestions">The class that suggests values, or null.</param>
internal sealed record DeclaredParameter(
    string Name,
    Source Source,
    DeclaredType? Type,
    string ValueType,
    string? List,
    bool Required,
    string? Default,
    string? DefaultText,
    EquatableArray<DeclaredName> Aliases,
    DeclaredText Summary,
    Bounds Bounds,
    EquatableArray<string> Choices,
    bool Outranked,
    bool Secret,
    string? Suggestions)
{
    public bool IsArgument => Source >= Source.Argument;

    public bool IsNamed => Source is Source.Option or Source.Flag;
}
