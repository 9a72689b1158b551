using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

internal static class ParameterWriter
{
    /// <summary>The initializers of a <c>ParameterDescriptor</c>, without those that equal its defaults.</summary>
    public static IEnumerable<string> Members(DeclaredParameter parameter)
    {
        var type = Names.Of(parameter.Type!);
        yield return $"Name = {Code.Text(parameter.Name)}";
        yield return $"Kind = global::Chat.ParameterKind.{parameter.Source}";
        yield return $"Type = {type}";
        if (parameter.Required) yield return "Required = true";
        if (DefaultOf(parameter, type) is { } value) yield return $"Default = {value}";
        if (parameter.Aliases.Count > 0) yield return $"Aliases = {Names.Array(parameter.Aliases)}";
        if (!parameter.Summary.IsEmpty) yield return $"Summary = {Names.Of(parameter.Summary)}";
        foreach (var bound in Bounds(parameter.Bounds)) yield return bound;
        if (parameter.Choices.Count > 0) yield return $"Choices = {Names.Array(parameter.Choices.Select(c => new DeclaredName(c, null)))}";
        if (parameter.Outranked) yield return "Outranked = true";
        if (parameter.Secret) yield return "Secret = true";
        if (parameter.Suggestions is { } suggestions)
            yield return $"Suggest = static (context, scope, typed) => {Names.Resolved(suggestions)}.SuggestAsync(context, typed)";
    }

    private static string? DefaultOf(DeclaredParameter parameter, string type)
    {
        if (parameter.DefaultText is not { } text) return parameter.Default;
        var value = $"{type}.Parse({Code.Text(text)})";
        return parameter.Source is Source.Variadic ? Names.Array("object?", [value]) : value;
    }

    private static IEnumerable<string> Bounds(Bounds bounds)
    {
        if (bounds.Min is { } min) yield return $"Min = {Code.Number(min)}";
        if (bounds.Max is { } max) yield return $"Max = {Code.Number(max)}";
        if (bounds.MinLength is { } shortest) yield return $"MinLength = {shortest}";
        if (bounds.MaxLength is { } longest) yield return $"MaxLength = {longest}";
    }
}
