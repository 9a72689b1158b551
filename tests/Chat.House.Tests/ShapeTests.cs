using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.House.Tests;

/// <summary>Files, lines, methods and constructors stay short enough to read at a glance.</summary>
[TestClass]
public sealed class ShapeTests
{
    private const int MaxColumns = 140;
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;
    private const int MaxParameters = 5;

    private static readonly string[] CodeExtensions = [".cs", ".js", ".ts", ".css", ".html", ".sh"];

    [TestMethod]
    public void FilesAreShort() => Sources
        .Select(file => (file.Path, Lines: file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1))
        .Where(file => file.Lines > MaxFileLines)
        .Select(file => $"{file.Path}: {file.Lines} lines")
        .AssertNone($"A file has at most {MaxFileLines} lines. Split these by idea:");

    /// <summary>
    /// A type is found by its file's name. The families that one reads together stay together: a closed set with its base, and the
    /// attributes of one purpose.
    /// </summary>
    [TestMethod]
    public void FilesHoldOneType() => Repository.Product.Where(file => file.Extension == ".cs")
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is BaseNamespaceDeclarationSyntax && !BelongsTo(file, type))
            .Select(type => $"{file.Path}: {type.Identifier.Text}"))
        .AssertNone("A type has a file of its own, of its name. Move these:");

    [TestMethod]
    public void LinesAreShort() => Sources
        .SelectMany(file => file.Text.Split('\n').Index()
            .Where(line => line.Item.Length > MaxColumns)
            .Select(line => new Violation(file.Name, $"{file.Path}:{line.Index + 1}: {line.Item.Length} columns")))
        .AssertAllowed("LongLines.txt", $"A line has at most {MaxColumns} columns. Break these:");

    [TestMethod]
    public void MethodsAreShort() => Repository.Code
        .SelectMany(file => file.Syntax.DescendantNodes()
            .Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax && LinesOf(node) > MaxMethodLines)
            .Select(node => $"{file.Path}:{StartOf(node)}: {LinesOf(node)} lines"))
        .AssertNone($"A method has at most {MaxMethodLines} lines. Split these:");

    [TestMethod]
    public void ConstructorsTakeFewParameters() => Repository.Code
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<ParameterListSyntax>()
            .Where(list => list.Parent is ClassDeclarationSyntax or ConstructorDeclarationSyntax && list.Parameters.Count > MaxParameters)
            .Select(list => (Type: list.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, list.Parameters.Count))
            .Where(found => found.Type is not RecordDeclarationSyntax)
            .Select(found => (Name: found.Type.Identifier.Text, found.Count))
            .Select(found => new Violation(found.Name, $"{file.Path}: {found.Name} takes {found.Count} parameters")))
        .AssertAllowed("WideConstructors.txt", $"A class needs at most {MaxParameters} others. These hold more than one idea:");

    private static bool BelongsTo(SourceFile file, BaseTypeDeclarationSyntax type)
    {
        var name = file.Name.Split('.')[0];
        return type.Identifier.Text == name
            || type.BaseList?.Types.Any(b => b.Type.ToString().Split('(')[0] == name) == true
            || (name.EndsWith("Attributes", StringComparison.Ordinal)
                && type.Identifier.Text.EndsWith("Attribute", StringComparison.Ordinal));
    }

    private static IEnumerable<SourceFile> Sources => Repository.Files.Where(file => CodeExtensions.Contains(file.Extension));

    /// <summary>The first line, after attributes: a test's rows of data are no code.</summary>
    private static int StartOf(SyntaxNode node)
    {
        var first = node is MemberDeclarationSyntax { AttributeLists: { Count: > 0 } attributes }
            ? attributes.Last().GetLastToken().GetNextToken()
            : node.GetFirstToken();
        return first.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }

    private static int LinesOf(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line + 2 - StartOf(node);
}
