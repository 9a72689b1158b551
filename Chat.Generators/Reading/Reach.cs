using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Checks whether generated code can use a type or member.</summary>
internal static class Reach
{
    public const string Banned = "is obsolete, and using it is an error";

    /// <summary>Why generated code can't use the type, as the end of a sentence; null if it can.</summary>
    public static string? Obstacle(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsGenericType) return "is generic";
            if (at.IsFileLocal) return "is local to its file";
            if (at.IsBanned()) return Banned;
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return "is private or protected";
        }
        return null;
    }

    /// <summary>Why generated code can't call the method, as the end of a sentence; null if it can.</summary>
    public static string? Obstacle(IMethodSymbol method)
    {
        var owner = method.ContainingType;
        var isOrdinary = method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation;
        var isVisible = method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
        var isInClass = owner.TypeKind is TypeKind.Class || (method.IsStatic && owner.TypeKind is TypeKind.Struct or TypeKind.Interface);
        return !isOrdinary ? "it is not an ordinary method"
            : !isVisible ? "it is private or protected"
            : method.IsBanned() ? $"it {Banned}"
            : method is { IsStatic: true, IsAbstract: true } or { IsStatic: true, IsVirtual: true }
                ? "it is static, and abstract or virtual"
            : method.IsGenericMethod ? "it is generic"
            : method.Parameters.Any(p => p.RefKind is not RefKind.None) ? "it has a parameter that is passed by reference"
            : Obstacle(owner) is { } obstacle ? $"its class {obstacle}"
            : !method.IsStatic && owner.IsAbstract ? "its class is abstract"
            : !isInClass ? "it is not in a class"
            : null;
    }

    /// <summary>Whether using it is an error that can't be suppressed. A mere warning is the author's choice.</summary>
    public static bool IsBanned(this ISymbol symbol) => symbol.GetAttributes().Any(a =>
        a.AttributeClass is
        {
            Name: "ObsoleteAttribute",
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        }
            && a.Argument<bool>(1));

    /// <summary>Whether the type, a containing type or a type argument is banned.</summary>
    public static bool UsesBanned(this ITypeSymbol type) =>
        type.IsBanned()
            || type.ContainingType?.UsesBanned() is true
            || (type is INamedTypeSymbol { TypeArguments: var arguments } && arguments.Any(UsesBanned));

    /// <summary>Whether <c>new T()</c> compiles anywhere in the assembly.</summary>
    public static bool HasUsableConstructor(this INamedTypeSymbol type) => type.InstanceConstructors.Any(c =>
        c.Parameters.IsEmpty
            && c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            && !c.IsBanned()
        && (!type.HasRequiredMembers() || c.GetAttributes().Any(a => a.AttributeClass?.Name == "SetsRequiredMembersAttribute")));

    private static bool HasRequiredMembers(this INamedTypeSymbol type) =>
        type.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
            || type.BaseType?.HasRequiredMembers() is true;
}
