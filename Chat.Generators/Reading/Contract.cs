using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Recognizes the types of Chat.Abstractions.</summary>
internal static class Contract
{
    public const string Assembly = "Chat.Abstractions", Hosting = "Microsoft.Extensions.Hosting";

    /// <summary>What the daemon makes for each invocation. A test compares it with the daemon's own list.</summary>
    public static readonly string[] OnlyInInvocations =
    [
        "CommandContext",
        "IAccounts",
        "IAudit",
        "IBlocks",
        "IDaemonControl",
        "IDiagnostics",
        "IHelp",
        "IMessages",
        "IModeration",
        "IPermissions",
        "IPlugins",
        "IRooms",
        "ISearch",
    ];

    public static bool IsContract(this ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "Chat", ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name && type.ContainingAssembly?.Name == Assembly;

    /// <summary>The platform's interface for what runs between commands.</summary>
    public static bool IsHostedService(this ITypeSymbol? type) =>
        type is { Name: "IHostedService", ContainingType: null } && type.ContainingNamespace.ToDisplayString() == Hosting;

    /// <param name="name">Without "Attribute".</param>
    public static IEnumerable<AttributeData> All(this ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(a => a.AttributeClass.IsContract(name + "Attribute"));

    public static AttributeData? One(this ISymbol symbol, string name) => symbol.All(name).FirstOrDefault();

    public static bool Has(this ISymbol symbol, string name) => symbol.All(name).Any();

    /// <summary>The default of <typeparamref name="T"/> if the author has not typed the argument yet.</summary>
    public static T? Argument<T>(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index
            && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value }
            ? value
            : default;

    public static T? Named<T>(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(n => n.Key == name).Value is { Kind: not TypedConstantKind.Array, Value: T value }
            ? value
            : default;

    public static Location LocationOr(this AttributeData attribute, ISymbol otherwise) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : otherwise.FirstLocation();

    public static Location FirstLocation(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The enum member that an attribute's argument names.</summary>
    public static string? MemberName(this TypedConstant constant) =>
        (constant.Type as INamedTypeSymbol)?.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant.Value))?.Name;

    /// <summary>
    /// The fully qualified name in C#. The format does not escape <c>await</c>, which is a keyword only in asynchronous methods.
    /// </summary>
    public static string CodeName(this ITypeSymbol type) =>
        string.Concat(
            type.ToDisplayParts(SymbolDisplayFormat.FullyQualifiedFormat)
                .Select(part => part.ToString() is var text && text == "await" ? "@await" : text));
}
