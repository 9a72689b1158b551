using System.Globalization;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>A line with a command, read only as far as needed to find its secrets.</summary>
internal sealed class CommandLine
{
    private const string Mask = "***";

    private readonly string line;
    private readonly int? secretAt;

    private CommandLine(string line, int? secretAt, IReadOnlyList<ParameterEntry> missing)
    {
        (this.line, this.secretAt, Missing) = (line, secretAt, missing);
    }

    /// <summary>The required secrets that the line does not give, if they can be appended to it.</summary>
    public IReadOnlyList<ParameterEntry> Missing { get; }

    /// <summary>For the screen: a mask instead of the first secret and what follows it.</summary>
    public string Shown => secretAt is { } at ? line[..at] + Mask : Missing.Count > 0 ? $"{line.TrimEnd()} {Mask}" : line;

    /// <summary>For the history: without the first secret and what follows it.</summary>
    public string Kept => secretAt is { } at ? line[..at].TrimEnd() : line;

    /// <summary>The line with values for <see cref="Missing"/>.</summary>
    public string With(IEnumerable<string> secrets) => string.Join(' ', secrets.Select(Quoted).Prepend(line.TrimEnd()));

    /// <param name="line">Begins with a slash.</param>
    /// <param name="commands">Null if they are not known: then everything after the first word may be secret.</param>
    public static CommandLine Read(string line, IReadOnlyList<CommandEntry>? commands)
    {
        if (commands is null) return new(line, line.IndexOf(' ') is > 0 and var space ? space + 1 : null, []);
        if (Find(line, commands) is not var (command, end)) return new(line, null, []);
        var reader = new SecretReader(line, end, command.Parameters);
        return new(line, reader.SecretAt, reader.Missing);
    }

    /// <summary>The command with the longest name that the line begins with, and where the name ends.</summary>
    internal static (CommandEntry Command, int End)? Find(string line, IReadOnlyList<CommandEntry> commands)
    {
        (CommandEntry, int)? found = null;
        var longest = 0;
        foreach (var command in commands)
        {
            foreach (var name in command.Aliases.Prepend(command.Name).Where(n => n.Length > longest))
                if (EndOf(name, line) is { } end) (found, longest) = ((command, end), name.Length);
        }
        return found;
    }

    private static int? EndOf(string name, string line)
    {
        var at = 1;
        foreach (var word in name.Split(' '))
        {
            while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
            var start = at;
            while (at < line.Length && !char.IsWhiteSpace(line[at])) at++;
            if (!IsSame(word, line[start..at])) return null;
        }
        return at;
    }

    /// <summary>The daemon ignores case and accents in names.</summary>
    internal static bool IsSame(string name, string typed) => CultureInfo.InvariantCulture.CompareInfo.Compare(
        name, typed, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
