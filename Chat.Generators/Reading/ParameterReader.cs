using System.Text.RegularExpressions;
using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads one parameter of a command's method.</summary>
internal sealed class ParameterReader(IParameterSymbol parameter, DocReader comment, Findings findings)
{
    private static readonly Regex Capital = new("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant);

    private readonly AttributeData? flag = parameter.Nearest("Flag"), option = parameter.Nearest("Option"), remainder = parameter.Nearest("Remainder");
    private readonly AttributeData? fallback = parameter.Nearest("Default"), suggest = parameter.Nearest("Suggest");
    private readonly ITypeSymbol? element = TypeReader.ElementOf(parameter.Type);

    /// <summary>Null where its type can't be converted to.</summary>
    public DeclaredParameter? Read()
    {
        if (parameter.Type.IsContract("CommandContext")) return Given(Source.Context);
        if (parameter.Type.ToDisplayString() == "System.Threading.CancellationToken") return Given(Source.Aborted);
        var valueType = element ?? parameter.Type;
        if (TypeReader.Read(TypeReader.WithoutNull(valueType)) is not { } type)
        {
            findings.Add(Rules.ParameterType, parameter.Place(), parameter.Name, valueType.ToDisplayString());
            return null;
        }
        if (valueType.NamesBanned()) findings.Add(Rules.OutOfReach, parameter.Place(), parameter.Name, $"its type {Reach.Banned}");
        var source = SourceOf();
        var bounds = new BoundsReader(parameter, type, source, findings).Read();
        CheckFit(type);
        CheckDefault(type, bounds);
        var name = NameOf();
        var aliases = NameReader.Aliases(parameter);
        foreach (var wrong in aliases.Select(a => a.Name).Prepend(name).Where(n => !NameReader.IsWord(n))) findings.Add(Rules.BadName, parameter.Place(), wrong);
        return new(
            name, source, type, valueType.WithNullableAnnotation(valueType.IsValueType ? valueType.NullableAnnotation : NullableAnnotation.NotAnnotated).CodeName(),
            element is null || parameter.Type is IArrayTypeSymbol ? null : parameter.Type.CodeName(), IsRequired(source, bounds), DefaultOf(source), fallback?.Argument<string>(0),
            aliases, comment.Parameter(parameter.Name), bounds, Choices(), parameter.Nearest("Outranked") is not null, parameter.Nearest("Secret") is not null, SuggestionsOf());
    }

    private DeclaredParameter Given(Source source) =>
        new(parameter.Name, source, null, "", null, false, null, null, default, new(default), Bounds.None, default, false, false, null);

    private Source SourceOf() =>
        flag is not null ? Source.Flag
        : option is not null ? Source.Option
        : remainder is not null ? Source.Remainder
        : element is not null ? Source.Variadic
        : Source.Argument;

    private string NameOf() =>
        (flag ?? option) is { } named ? named.Argument<string>(0) ?? Capital.Replace(parameter.Name, "-").ToLowerInvariant() : parameter.Name;

    /// <summary>Of several values at least one, where the length says so: a value that is not given is not checked.</summary>
    private bool IsRequired(Source source, Bounds bounds) => source switch
    {
        Source.Flag => false,
        Source.Variadic => bounds.MinLength > 0,
        _ => !parameter.HasExplicitDefaultValue && fallback is null && parameter.Type.NullableAnnotation is not NullableAnnotation.Annotated
            && TypeReader.WithoutNull(parameter.Type).Equals(parameter.Type, SymbolEqualityComparer.Default),
    };

    /// <summary>An expression, boxing to the type that is converted to; null is the default anyway.</summary>
    private string? DefaultOf(Source source)
    {
        if (source is Source.Flag) return "false";
        if (!parameter.HasExplicitDefaultValue || element is not null) return null;
        var type = TypeReader.WithoutNull(parameter.Type);
        if (parameter.ExplicitDefaultValue is null && (!parameter.Type.IsValueType || !type.Equals(parameter.Type, SymbolEqualityComparer.Default))) return null;
        return Code.Constant(parameter.ExplicitDefaultValue, type);
    }

    private Sequence<string> Choices() => parameter.Nearest("Choices") is { } choices ? ChoicesReader.Read(choices) : default;

    private string? SuggestionsOf()
    {
        if (suggest?.AttributeClass?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol type) return null;
        if (Reach.Obstacle(type) is { } obstacle) findings.Add(Rules.OutOfReach, suggest.Place(parameter), type.Name, $"it {obstacle}");
        return type.CodeName();
    }

    private void CheckDefault(DeclaredType type, Bounds bounds)
    {
        if (fallback?.Argument<string>(0) is not { } text) return;
        if (type.IsEntity) Misfit(fallback, "[Default] stands on a user or room, which is looked up only when it is given");
        else if (ValueCheck.Problem(new(type, Bounds.None, Choices()), text) is { } problem) findings.Add(Rules.BadDefault, fallback.Place(parameter), text, parameter.Name, problem);
    }

    private void CheckFit(DeclaredType type)
    {
        if (flag is not null && (element is not null || parameter.Type.SpecialType is not SpecialType.System_Boolean)) Misfit(flag, "[Flag] stands on what is no bool");
        else if (flag is not null && (fallback is not null || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: true })) Misfit(flag, "[Flag] is false where it does not stand; it takes no other default");
        if (flag is not null && option is not null) Misfit(option, "[Option] and [Flag] exclude each other");
        if (option is not null && element is not null) Misfit(option, "[Option] takes one value, not several");
        if (remainder is not null && (element is not null || type.Form is not TypeForm.Text)) Misfit(remainder, "[Remainder] stands on what is no string");
        if (remainder is not null && (flag ?? option) is not null) Misfit(remainder, "[Remainder] has no name behind --");
        if (parameter.Nearest("Outranked") is { } outranked && type.Form is not TypeForm.User) Misfit(outranked, "[Outranked] stands on what is no User");
        if (parameter.Nearest("Choices") is { } choices && type.Form is not TypeForm.Text) Misfit(choices, "[Choices] stands on what is no string");
        if (parameter.Nearest("Choices") is { } none && ChoicesReader.Read(none).Count == 0) Misfit(none, "[Choices] leaves nothing to choose");
        if (fallback is not null && parameter.HasExplicitDefaultValue) Misfit(fallback, "[Default] stands beside a default value");
    }

    private void Misfit(AttributeData attribute, string problem) => findings.Add(Rules.Misfit, attribute.Place(parameter), problem, parameter.Name);
}
