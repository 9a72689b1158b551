using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>
/// Finds attributes that apply to a symbol by inheritance. The compiler returns only a symbol's own, so a restriction on a base class
/// would be lost.
/// </summary>
internal static class Inheritance
{
    /// <summary>The nearest attribute, which overrides those further away.</summary>
    public static AttributeData? Nearest(this ISymbol symbol, string name) =>
        symbol.AttributeSources().Select(s => s.One(name)).FirstOrDefault(a => a is not null);

    /// <summary>
    /// The symbols whose attributes apply, nearest first. Method: the methods it overrides, then its class. Class: its base classes, then
    /// the containing class. Parameter: the same parameter of the overridden methods.
    /// </summary>
    public static IEnumerable<ISymbol> AttributeSources(this ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => Overridden(method).Concat<ISymbol>(AttributeSources(method.ContainingType)),
        INamedTypeSymbol type =>
            new[] { type.BaseType, type.ContainingType }.OfType<INamedTypeSymbol>().SelectMany(AttributeSources).Prepend(type),
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter =>
            Overridden(method).Select(m => m.Parameters[parameter.Ordinal]),
        _ => [symbol],
    };

    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method)
    {
        for (var at = method; at is not null; at = at.OverriddenMethod) yield return at;
    }
}
