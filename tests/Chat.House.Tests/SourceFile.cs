using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <param name="Path">From the repository's root on, with slashes.</param>
internal sealed record SourceFile(string Path, string FullName)
{
    private readonly Lazy<string> text = new(() => File.ReadAllText(FullName));
    private readonly Lazy<string> marked = new(() => CodeText.Mark(File.ReadAllText(FullName)));

    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public string Text => text.Value;

    /// <summary>Its C# with literals emptied and each comment reduced to <see cref="CodeText.Comment"/>.</summary>
    public string Marked => marked.Value;

    /// <summary>Its C# without comments and without what literals hold.</summary>
    public string Code => Marked.Replace(CodeText.Comment, ' ');

    /// <summary>Each place where the pattern stands in its code, as <c>path:line: what stands there</c>.</summary>
    public IEnumerable<string> Places(string code, Regex pattern) => pattern.Matches(code).Select(m => $"{Path}:{code.AsSpan(0, m.Index).Count('\n') + 1}: {m.Value.Trim()}");
}
