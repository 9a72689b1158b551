using Chat.Generators.Declared;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads the type of a parameter: how a caller's text becomes a value.</summary>
internal static class TypeReader
{
    private static readonly string[] Languages = ["pt-BR", "en"];

    /// <summary>Null if no text can be converted to the type.</summary>
    public static DeclaredType? Read(ITypeSymbol type) =>
        FormOf(type) is { } form ? new(form, CodeNameOf(type), WordOf(type), ChoicesOf(type)) : null;

    /// <summary>The type of one value, for a parameter that takes several; null for a single value.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T
                or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
                or SpecialType.System_Collections_Generic_IEnumerable_T,
        } list => list.TypeArguments[0],
        _ => null,
    };

    public static ITypeSymbol WithoutNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    private static TypeForm? FormOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => TypeForm.Text,
        SpecialType.System_Int32 => TypeForm.Integer,
        SpecialType.System_Int64 => TypeForm.LongInteger,
        SpecialType.System_Double => TypeForm.Number,
        SpecialType.System_Boolean => TypeForm.Boolean,
        _ when type.IsContract("User") => TypeForm.User,
        _ when type.IsContract("Room") => TypeForm.Room,
        _ when type.ToDisplayString() == "System.TimeSpan" => TypeForm.Duration,
        _ when type.TypeKind is TypeKind.Enum => ChoicesOf(type).Count > 0 ? TypeForm.Choice : null,
        _ when IsParsable(type) => TypeForm.Parsable,
        _ => null,
    };

    private static bool IsParsable(ITypeSymbol type) =>
        !type.IsRefLikeType && type.TypeKind is TypeKind.Class or TypeKind.Struct && type.AllInterfaces.Any(i =>
        i is
        {
            Name: "IParsable",
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
            TypeArguments.Length: 1,
        }
        && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], type));

    private static string CodeNameOf(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).CodeName();

    private static string WordOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte
            or SpecialType.System_SByte
            or SpecialType.System_Int16
            or SpecialType.System_UInt16
            or SpecialType.System_UInt32
            or SpecialType.System_UInt64 =>
            "integer",
        SpecialType.System_Single or SpecialType.System_Decimal => "number",
        _ => type.Name.ToLowerInvariant(),
    };

    private static EquatableArray<DeclaredChoice> ChoicesOf(ITypeSymbol type) => type.TypeKind is not TypeKind.Enum ? default
        : type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue && !f.IsBanned()).SelectMany(ChoicesOf).ToEquatableArray();

    private static IEnumerable<DeclaredChoice> ChoicesOf(IFieldSymbol member)
    {
        var code = $"{member.ContainingType.CodeName()}.{Code.Identifier(member.Name)}";
        var aliases = NameReader.Aliases(member);
        return aliases.Concat(
            aliases.Any(a => NameFold.Of(a.Name) == NameFold.Of(member.Name))
                ? []
                : [new(member.Name.ToLowerInvariant(), LanguageOf(aliases))])
            .Select(name => new DeclaredChoice(name, code));
    }

    /// <summary>
    /// The language in which help shows the member's own name, which works in every language: null for all, if it is the only name;
    /// otherwise the one language without an alias; empty for none.
    /// </summary>
    private static string? LanguageOf(EquatableArray<DeclaredName> aliases)
    {
        if (aliases.Count == 0) return null;
        if (aliases.Any(a => a.Language is null)) return "";
        return Languages.Where(l => aliases.All(a => a.Language != l)).ToList() is { Count: 1 } left ? left[0] : "";
    }
}
