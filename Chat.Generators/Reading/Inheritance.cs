using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Whose attributes hold for a symbol: the compiler hands over a symbol's own, so that what restricts a base class would be lost silently.</summary>
internal static class Inheritance
{
    /// <summary>The attribute that stands nearest; as each stands once, it hides those behind it.</summary>
    public static AttributeData? Nearest(this ISymbol symbol, string name) => symbol.Bearers().Select(s => s.One(name)).FirstOrDefault(a => a is not null);

    /// <summary>Of a method also those that it overrides, and its class; of a class its bases, then the class that it is in; of a parameter the same one of what its method overrides.</summary>
    public static IEnumerable<ISymbol> Bearers(this ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => Overridden(method).Concat<ISymbol>(Bearers(method.ContainingType)),
        INamedTypeSymbol type => new[] { type.BaseType, type.ContainingType }.OfType<INamedTypeSymbol>().SelectMany(Bearers).Prepend(type),
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => Overridden(method).Select(m => m.Parameters[parameter.Ordinal]),
        _ => [symbol],
    };

    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method)
    {
        for (var at = method; at is not null; at = at.OverriddenMethod) yield return at;
    }
}
