using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.Generators.Reading;

/// <summary>Formats names and values as C#.</summary>
internal static class Code
{
    /// <summary>Escapes contextual keywords too: <c>await</c> is one in an asynchronous lambda.</summary>
    public static string Identifier(string name) => IsKeyword(name) ? "@" + name : name;

    public static string Text(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Number(double number) => number switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ when double.IsNaN(number) => "double.NaN",
        _ => number.ToString("R", CultureInfo.InvariantCulture) + "D",
    };

    /// <summary>An expression that boxes to exactly this type.</summary>
    /// <param name="value">Null for the type's default.</param>
    public static string Constant(object? value, ITypeSymbol type) => value switch
    {
        null when type.IsValueType => $"default({type.CodeName()})",
        null => "null",
        string text => Text(text),
        bool truth => truth ? "true" : "false",
        double number => Number(number),
        char letter => SymbolDisplay.FormatLiteral(letter, quote: true),
        float number when float.IsNaN(number) || float.IsInfinity(number) => $"(float){Number(number)}",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        IFormattable whole => $"({type.CodeName()})({whole.ToString(null, CultureInfo.InvariantCulture)})",
        _ => "null",
    };

    private static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) is not SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) is not SyntaxKind.None;
}
