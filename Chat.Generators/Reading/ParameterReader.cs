using System.Text.RegularExpressions;
using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads one parameter of a command's method.</summary>
internal sealed class ParameterReader(IParameterSymbol parameter, DocReader comment, Findings findings)
{
    private static readonly Regex Capital = new("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant);

    private readonly AttributeData? flag = parameter.Nearest("Flag"), option = parameter.Nearest("Option");
    private readonly AttributeData? remainder = parameter.Nearest("Remainder");
    private readonly AttributeData? fallback = parameter.Nearest("Default"), suggest = parameter.Nearest("Suggest");
    private readonly ITypeSymbol? element = TypeReader.ElementOf(parameter.Type);

    /// <summary>Null if no text can be converted to its type.</summary>
    public DeclaredParameter? Read()
    {
        if (parameter.Type.IsContract("CommandContext")) return Given(Source.Context);
        if (parameter.Type.ToDisplayString() == "System.Threading.CancellationToken") return Given(Source.Aborted);
        var valueType = element ?? parameter.Type;
        if (TypeReader.Read(TypeReader.WithoutNull(valueType)) is not { } type)
        {
            ReportType(valueType);
            return null;
        }
        if (valueType.UsesBanned()) findings.Add(Rules.Inaccessible, parameter.FirstLocation(), parameter.Name, $"its type {Reach.Banned}");
        var source = SourceOf();
        var bounds = new BoundsReader(parameter, type, source, findings).Read();
        CheckFit(type);
        CheckDefault(type, bounds);
        var name = NameOf();
        var aliases = NameReader.Aliases(parameter);
        foreach (var wrong in aliases.Select(a => a.Name).Prepend(name).Where(n => !NameReader.IsWord(n)))
            findings.Add(Rules.BadName, parameter.FirstLocation(), wrong);
        var nullability = valueType.IsValueType ? valueType.NullableAnnotation : NullableAnnotation.NotAnnotated;
        return new(
            name,
            source,
            type,
            valueType.WithNullableAnnotation(nullability).CodeName(),
            element is null || parameter.Type is IArrayTypeSymbol ? null : parameter.Type.CodeName(),
            IsRequired(source, bounds),
            DefaultOf(source),
            fallback?.Argument<string>(0),
            aliases,
            comment.Parameter(parameter.Name),
            bounds,
            Choices(),
            parameter.Nearest("Outranked") is not null,
            parameter.Nearest("Secret") is not null,
            SuggestionsOf());
    }

    /// <summary>Nobody types an interface: it is a service in the wrong place.</summary>
    private void ReportType(ITypeSymbol type)
    {
        var (name, shown) = (parameter.Name, type.ToDisplayString());
        if (type.TypeKind is TypeKind.Interface || shown == "System.TimeProvider")
            findings.Add(Rules.ServiceParameter, parameter.FirstLocation(), name, shown, parameter.ContainingType.Name);
        else
            findings.Add(Rules.ParameterType, parameter.FirstLocation(), name, shown);
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
        (flag ?? option) is { } named ? named.Argument<string>(0) ?? Capital.Replace(parameter.Name, "-")
            .ToLowerInvariant() : parameter.Name;

    /// <summary>A parameter that takes several values is required if its length asks for at least one.</summary>
    private bool IsRequired(Source source, Bounds bounds) => source switch
    {
        Source.Flag => false,
        Source.Variadic => bounds.MinLength > 0,
        _ => !parameter.HasExplicitDefaultValue && fallback is null && parameter.Type.NullableAnnotation is not NullableAnnotation.Annotated
            && TypeReader.WithoutNull(parameter.Type).Equals(parameter.Type, SymbolEqualityComparer.Default),
    };

    /// <summary>An expression that boxes to the parameter's type; null for a null default.</summary>
    private string? DefaultOf(Source source)
    {
        if (source is Source.Flag) return "false";
        if (!parameter.HasExplicitDefaultValue || element is not null) return null;
        var type = TypeReader.WithoutNull(parameter.Type);
        var isNullable = !parameter.Type.IsValueType || !type.Equals(parameter.Type, SymbolEqualityComparer.Default);
        if (parameter.ExplicitDefaultValue is null && isNullable) return null;
        return Code.Constant(parameter.ExplicitDefaultValue, type);
    }

    private EquatableArray<string> Choices() => parameter.Nearest("Choices") is { } choices ? ChoicesReader.Read(choices) : default;

    private string? SuggestionsOf()
    {
        if (suggest?.AttributeClass?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol type) return null;
        if (Reach.Obstacle(type) is { } obstacle)
            findings.Add(Rules.Inaccessible, suggest.LocationOr(parameter), type.Name, $"it {obstacle}");
        return type.CodeName();
    }

    private void CheckDefault(DeclaredType type, Bounds bounds)
    {
        if (fallback?.Argument<string>(0) is not { } text) return;
        if (type.IsEntity) Mismatch(fallback, "[Default] can't be used on a User or Room");
        else if (ValueCheck.Problem(new(type, Bounds.None, Choices()), text) is { } problem)
            findings.Add(Rules.BadDefault, fallback.LocationOr(parameter), text, parameter.Name, problem);
    }

    private void CheckFit(DeclaredType type)
    {
        if (flag is not null && (element is not null || parameter.Type.SpecialType is not SpecialType.System_Boolean))
            Mismatch(flag, "[Flag] needs a bool");
        else if (flag is not null && (fallback is not null || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: true }))
            Mismatch(flag, "[Flag] is false unless the caller types it, so it can't have another default");
        if (flag is not null && option is not null) Mismatch(option, "[Option] and [Flag] can't be combined");
        if (option is not null && element is not null) Mismatch(option, "[Option] takes one value, not several");
        if (remainder is not null && (element is not null || type.Form is not TypeForm.Text))
            Mismatch(remainder, "[Remainder] needs a string");
        if (remainder is not null && (flag ?? option) is not null)
            Mismatch(remainder, "[Remainder] can't be combined with [Option] or [Flag]");
        if (parameter.Nearest("Outranked") is { } outranked && type.Form is not TypeForm.User)
            Mismatch(outranked, "[Outranked] needs a User");
        if (parameter.Nearest("Choices") is { } choices && type.Form is not TypeForm.Text) Mismatch(choices, "[Choices] needs a string");
        if (parameter.Nearest("Choices") is { } none && ChoicesReader.Read(none).Count == 0)
            Mismatch(none, "[Choices] needs at least one value");
        if (fallback is not null && parameter.HasExplicitDefaultValue)
            Mismatch(fallback, "[Default] can't be combined with a default value");
    }

    private void Mismatch(AttributeData attribute, string problem) =>
        findings.Add(Rules.AttributeMismatch, attribute.LocationOr(parameter), problem, parameter.Name);
}
