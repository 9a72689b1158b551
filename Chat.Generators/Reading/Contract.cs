using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Recognises what Chat.Abstractions declares.</summary>
internal static class Contract
{
    public const string Assembly = "Chat.Abstractions";

    public static bool IsContract(this ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "Chat", ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name && type.ContainingAssembly?.Name == Assembly;

    /// <param name="name">Without its ending.</param>
    public static IEnumerable<AttributeData> All(this ISymbol symbol, string name) => symbol.GetAttributes().Where(a => a.AttributeClass.IsContract(name + "Attribute"));

    public static AttributeData? One(this ISymbol symbol, string name) => symbol.All(name).FirstOrDefault();

    public static bool Has(this ISymbol symbol, string name) => symbol.All(name).Any();

    /// <summary>Default where the author has not written it yet.</summary>
    public static T? Argument<T>(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value } ? value : default;

    public static T? Named<T>(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(n => n.Key == name).Value is { Kind: not TypedConstantKind.Array, Value: T value } ? value : default;

    public static Location Place(this AttributeData attribute, ISymbol otherwise) =>
        attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : otherwise.Place();

    public static Location Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The name of an enum's member, of a value in an attribute.</summary>
    public static string? MemberName(this TypedConstant constant) =>
        (constant.Type as INamedTypeSymbol)?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant.Value))?.Name;

    /// <summary>As code names it from anywhere. The format escapes all words but one that is a word in asynchronous methods only.</summary>
    public static string CodeName(this ITypeSymbol type) =>
        string.Concat(type.ToDisplayParts(SymbolDisplayFormat.FullyQualifiedFormat).Select(part => part.ToString() is var text && text == "await" ? "@await" : text));
}
