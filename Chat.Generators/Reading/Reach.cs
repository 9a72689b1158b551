using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Whether generated code can name something.</summary>
internal static class Reach
{
    public const string Banned = "is obsolete, and an error to use";

    /// <summary>What keeps it from that, to be read behind the class; null where nothing does.</summary>
    public static string? Obstacle(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsGenericType) return "is generic";
            if (at.IsFileLocal) return "is local to its file";
            if (at.IsBanned()) return Banned;
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal) return "is private or protected";
        }
        return null;
    }

    /// <summary>Its use is an error that nothing suppresses; an author whose own member is obsolete may use it all the same.</summary>
    public static bool IsBanned(this ISymbol symbol) => symbol.GetAttributes().Any(a =>
        a.AttributeClass is { Name: "ObsoleteAttribute", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } && a.Argument<bool>(1));

    /// <summary>The type, one around it, or one in it.</summary>
    public static bool NamesBanned(this ITypeSymbol type) =>
        type.IsBanned() || type.ContainingType?.NamesBanned() is true || (type is INamedTypeSymbol { TypeArguments: var arguments } && arguments.Any(NamesBanned));

    /// <summary>Whether <c>new</c> and its name make one, from anywhere in the assembly.</summary>
    public static bool IsMadeOfNothing(this INamedTypeSymbol type) => type.InstanceConstructors.Any(c =>
        c.Parameters.IsEmpty && c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal && !c.IsBanned()
        && (!type.HasRequiredMembers() || c.GetAttributes().Any(a => a.AttributeClass?.Name == "SetsRequiredMembersAttribute")));

    private static bool HasRequiredMembers(this INamedTypeSymbol type) =>
        type.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) || type.BaseType?.HasRequiredMembers() is true;
}
