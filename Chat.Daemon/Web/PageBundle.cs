using System.Globalization;
using System.Text;

namespace Chat.Daemon.Web;

/// <summary>
/// The modules that a page loads, as one script: a browser asks once, and not for thirty files. Each module becomes a function that
/// returns what it exports. It reads only the forms that the page's sources use, one a line, and throws for any other.
/// </summary>
internal sealed class PageBundle
{
    private const string Import = "import ", Export = "export ", From = " from ";

    private readonly Func<string, string> read;
    private readonly Dictionary<string, string> variables = []; // by path; empty while its imports are read
    private readonly StringBuilder script = new();

    private PageBundle(Func<string, string> read) => this.read = read;

    /// <param name="entry">The path of the module that the page names, such as <c>app.js</c>.</param>
    /// <param name="read">A source by its path.</param>
    public static string Make(string entry, Func<string, string> read)
    {
        var bundle = new PageBundle(read);
        bundle.Add(entry);
        return bundle.script.ToString();
    }

    /// <returns>The variable that holds what the module exports.</returns>
    private string Add(string path)
    {
        if (variables.TryGetValue(path, out var known))
            return known.Length > 0 ? known : throw new InvalidDataException($"{path} imports itself by way of others.");
        variables[path] = "";
        var source = read(path);
        var isModule = path.EndsWith(".js", StringComparison.Ordinal);
        var value = isModule ? FunctionOf(path, source) : source.Trim();
        var variable = string.Create(CultureInfo.InvariantCulture, $"module{variables.Count(one => one.Value.Length > 0)}");
        script.Append(CultureInfo.InvariantCulture, $"// {path}\nconst {variable} = {value};\n");
        return variables[path] = variable;
    }

    private string FunctionOf(string path, string source)
    {
        var body = new StringBuilder();
        var exports = new List<string>();
        foreach (var line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            if (IsComment(line.AsSpan().Trim())) continue;
            var written = line.StartsWith(Import, StringComparison.Ordinal) ? Imported(path, line)
                : line.StartsWith(Export, StringComparison.Ordinal) ? Exported(path, line, exports)
                : line;
            body.Append(written).Append('\n');
        }
        return $"(() => {{\n{body}return {{ {string.Join(", ", exports)} }};\n}})()";
    }

    /// <summary>A line of nothing else. Readers have the sources.</summary>
    private static bool IsComment(ReadOnlySpan<char> line) => line.StartsWith("//", StringComparison.Ordinal)
        || (line.StartsWith("/**", StringComparison.Ordinal) && line.EndsWith("*/", StringComparison.Ordinal));

    /// <summary>What a line takes from another module: <c>{ names }</c>, <c>* as name</c>, the name of a JSON file, or nothing.</summary>
    private string Imported(string path, string line)
    {
        var parts = line.Split('\'');
        if (parts.Length < 3 || !parts[1].StartsWith('.')) throw Unreadable(path, line);
        var variable = Add(new Uri(new Uri($"http://page/{path}"), parts[1]).AbsolutePath[1..]);
        var clause = parts[0][Import.Length..];
        if (clause.Length == 0) return "";
        if (!clause.EndsWith(From, StringComparison.Ordinal)) throw Unreadable(path, line);
        var names = clause[..^From.Length];
        const string All = "* as ";
        return names.StartsWith(All, StringComparison.Ordinal)
            ? $"const {names[All.Length..]} = {variable};"
            : $"const {names.Replace(" as ", ": ", StringComparison.Ordinal)} = {variable};";
    }

    private static string Exported(string path, string line, List<string> exports)
    {
        var declaration = line[Export.Length..];
        var words = declaration.Split([' ', '('], StringSplitOptions.RemoveEmptyEntries);
        var at = words[0] == "async" ? 1 : 0;
        if (words.Length < at + 2 || words[at] is not ("const" or "function" or "class")) throw Unreadable(path, line);
        exports.Add(words[at + 1]);
        return declaration;
    }

    private static InvalidDataException Unreadable(string path, string line) =>
        new($"{path} has a line that the bundle cannot read: {line}");
}
