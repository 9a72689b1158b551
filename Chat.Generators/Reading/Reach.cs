using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Whether generated code can name a class.</summary>
internal static class Reach
{
    /// <summary>What keeps it from that, to be read behind the class; null where nothing does.</summary>
    public static string? Obstacle(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsGenericType) return "is generic";
            if (at.IsFileLocal) return "is local to its file";
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal) return "is private or protected";
        }
        return null;
    }
}
