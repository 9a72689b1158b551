using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.House.Tests;

/// <summary>
/// The plugins keep both languages of a text side by side in code: as the last arguments of a method <c>In</c>, or in a
/// <c>LocalizedText</c>. Descriptors of commands are checked where the plugins run.
/// </summary>
[TestClass]
public sealed class PluginTextTests
{
    /// <summary>Texts that are the same in both languages.</summary>
    private static readonly string[] Same = [];

    private static readonly List<SourceFile> Files =
        [.. Repository.Product.Where(file => file.Path.StartsWith("Plugins/", StringComparison.Ordinal))];

    private static readonly List<(string Place, ExpressionSyntax Portuguese, ExpressionSyntax English)> Pairs =
        [.. Files.SelectMany(file => file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(call => (Call: call, Pair: PairOf(call))).Where(found => found.Pair is not null)
            .Select(found => (Place(file, found.Call), found.Pair!.Value.Portuguese, found.Pair.Value.English)))];

    [TestMethod]
    public void AreFound() => Assert.IsGreaterThan(50, Pairs.Count);

    [TestMethod]
    public void AreNotEmpty() => Pairs
        .Where(pair => IsText(pair.Portuguese) != IsText(pair.English) || Words(pair.Portuguese) == "" != (Words(pair.English) == ""))
        .Select(pair => $"{pair.Place}: {pair.Portuguese} / {pair.English}").AssertNone("These texts are missing in one language:");

    [TestMethod]
    public void HaveTheSamePlaceholders() => Pairs
        .Where(pair => Holes(pair.Portuguese) != Holes(pair.English))
        .Select(pair => $"{pair.Place}: {Holes(pair.Portuguese)} / {Holes(pair.English)}")
        .AssertNone("These texts show other values in the other language:");

    [TestMethod]
    public void AreTranslated() => Pairs
        .Where(pair => IsText(pair.Portuguese) && Words(pair.Portuguese) == Words(pair.English) && !Same.Contains(Words(pair.English)))
        .Select(pair => $"{pair.Place}: {pair.English}")
        .AssertNone("These texts are the same in both languages; list them if they must be:");

    [TestMethod]
    public void AreChosenByTheMethodIn() => Files
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.Token.Value is "en" && literal.FirstAncestorOrSelf<AttributeSyntax>() is null)
            .Where(literal => literal.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.Text != "In")
            .Where(literal => literal.Parent is not ArgumentSyntax)
            .Select(literal => Place(file, literal)))
        .AssertNone("Only a method In(…, portuguese, english) chooses between languages, so that these tests see every text:");

    private static (ExpressionSyntax Portuguese, ExpressionSyntax English)? PairOf(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (call.Expression is IdentifierNameSyntax { Identifier.Text: "In" } && arguments.Count == 3)
            return (arguments[1].Expression, arguments[2].Expression);
        return IsWith(call, "en") && call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax first }
            && IsWith(first, "pt-BR") ? (first.ArgumentList.Arguments[1].Expression, arguments[1].Expression) : null;
    }

    private static bool IsWith(InvocationExpressionSyntax call, string language) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "With" }
        && call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }, _] && literal.Token.Value as string == language;

    private static bool IsText(ExpressionSyntax expression) => expression is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax;

    private static string Words(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => (literal.Token.Value as string ?? "").Trim(),
        InterpolatedStringExpressionSyntax text => text.Contents.ToString().Trim(),
        _ => expression.ToString(),
    };

    private static string Holes(ExpressionSyntax expression) => string.Join(
        ", ",
        expression.DescendantNodes().OfType<InterpolationSyntax>().Select(hole => hole.Expression.ToString())
            .Order(StringComparer.Ordinal));

    private static string Place(SourceFile file, SyntaxNode node) =>
        $"{file.Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
