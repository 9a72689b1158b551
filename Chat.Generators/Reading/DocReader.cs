using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Chat.Generators.Declared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.Generators.Reading;

/// <summary>
/// Reads help texts from the doc comment of a method. It reads the source, because the compiler parses doc comments only if it writes an
/// XML file.
/// </summary>
internal sealed class DocReader
{
    private static readonly Regex Margin = new(
        @"^[ \t]*(?:///|/\*\*|\*/|\*(?!/))?[ \t]?", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Space = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly XElement comment;

    private DocReader(XElement comment) => this.comment = comment;

    public static DocReader Of(IMethodSymbol method, CancellationToken cancellation) =>
        new(
            new[] { method, method.PartialImplementationPart }.OfType<IMethodSymbol>().SelectMany(m => m.DeclaringSyntaxReferences)
                .Select(r => Read(r.GetSyntax(cancellation))).FirstOrDefault(c => c is not null) ?? new("doc"));

    public DeclaredText Summary => TextOf(comment.Element("summary"));

    public DeclaredText Parameter(string name) =>
        TextOf(comment.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));

    private static XElement? Read(SyntaxNode method)
    {
        var lines = method.GetLeadingTrivia().Where(IsDocumentation)
            .Select(trivia => Margin.Replace(trivia.ToFullString(), "").Replace("*/", ""));
        var text = string.Join("\n", lines);
        if (text.Length == 0) return null;
        try
        {
            return XElement.Parse($"<doc>{text}</doc>");
        }
        catch (XmlException)
        {
            return null; // the compiler warns about it
        }
    }

    private static bool IsDocumentation(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
        || (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
            && trivia.ToString() is var line
            && line.StartsWith("///", StringComparison.Ordinal)
            && !line.StartsWith("////", StringComparison.Ordinal))
        || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.ToString().StartsWith("/**", StringComparison.Ordinal));

    private static DeclaredText TextOf(XElement? element)
    {
        if (element is null) return new(default);
        var marked = element.Elements().Where(e => LanguageOf(e) is not null).GroupBy(e => LanguageOf(e)!)
            .Select(g => Pair(g.Key, string.Join(" ", g.Select(Plain))));
        var unmarked = Pair("", string.Concat(element.Nodes().Where(n => n is not XElement e || LanguageOf(e) is null).Select(Plain)));
        return new(marked.Prepend(unmarked).Where(text => text.Value.Length > 0).ToEquatableArray());
    }

    private static KeyValuePair<string, string> Pair(string language, string text) => new(language, Space.Replace(text, " ").Trim());

    private static string? LanguageOf(XElement element) => (string?)element.Attribute(XNamespace.Xml + "lang");

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Nodes().Any() => element.Name.LocalName is "para" ? $" {Inner(element)} " : Inner(element),
        XElement element => Named(element),
        _ => "",
    };

    private static string Inner(XElement element) => string.Concat(element.Nodes().Select(Plain));

    /// <summary>The text for an element without content, such as <c>see</c>.</summary>
    private static string Named(XElement element)
    {
        var name = (string?)element.Attribute("cref")
            ?? (string?)element.Attribute("langword")
            ?? (string?)element.Attribute("name")
            ?? (string?)element.Attribute("href");
        return name is null ? " " : element.Attribute("cref") is null ? name : name.Split('(')[0].Split('.', ':').Last();
    }
}
