using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.House.Tests;

/// <param name="Path">Relative to the repository's root, with slashes.</param>
internal sealed record SourceFile(string Path, string FullName)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly Lazy<string> text = new(() => File.ReadAllText(FullName));
    private readonly Lazy<string> marked = new(() => CodeText.Mark(File.ReadAllText(FullName)));

    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public string Text => text.Value;

    /// <summary>Its C# with empty literals, and with <see cref="CodeText.Comment"/> for each comment.</summary>
    public string Marked => marked.Value;

    /// <summary>Its C# with empty literals and without comments.</summary>
    public string Code => Marked.Replace(CodeText.Comment, ' ');

    public SyntaxNode Syntax => CSharpSyntaxTree.ParseText(Text, Options).GetRoot();

    /// <summary>Each match in <paramref name="code"/>, as <c>path:line: match</c>.</summary>
    public IEnumerable<string> Places(string code, Regex pattern) =>
        pattern.Matches(code).Select(match => $"{Path}:{code.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value.Trim()}");
}
