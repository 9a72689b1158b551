using System.Text;
using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>Separates C# code from its comments and literals.</summary>
internal static partial class CodeText
{
    /// <summary>Replaces a comment.</summary>
    public const char Comment = '\u0001';

    /// <summary>Empties literals and replaces each comment with <see cref="Comment"/>. Keeps line breaks, and so line numbers.</summary>
    public static string Mark(string code) => Token().Replace(code.ReplaceLineEndings("\n"), match =>
    {
        var breaks = new string('\n', match.Value.Count(c => c == '\n'));
        return match.Value.StartsWith('/') ? Comment + breaks : "\"\"" + breaks;
    });

    /// <summary>The types that marked code declares.</summary>
    public static IEnumerable<string> TypesIn(string code) => Declaration().Matches(code).Select(m => m.Groups["name"].Value);

    /// <summary>The words of a name: <c>HTTPServerHost2</c> has HTTP, Server, Host and 2.</summary>
    public static IEnumerable<string> WordsOf(string name) => Word().Matches(name).Select(m => m.Value);

    // An interpolated string counts as a literal, with its expressions. A quote inside one splits the literal, which does no harm.
    [GeneratedRegex("""
        //[^\n]*
        | /\*.*?\*/
        | \$*(?<quotes>"{3,}).*?(?<!")\k<quotes>(?!")
        | (?:@\$?|\$@)"(?:[^"]|"")*"
        | \$?"(?:[^"\\\n]|\\.)*"
        | '(?:[^'\\\n]|\\.[^'\n]*)'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    [GeneratedRegex(
        @"\b(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)" +
        @"|delegate\s+[^;()]+?\s(?<name>[A-Z]\w*)\s*[(<])")]
    private static partial Regex Declaration();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Word();
}
