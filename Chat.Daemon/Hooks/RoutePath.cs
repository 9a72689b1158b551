using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Hooks;

/// <summary>A route's path, such as <c>in/{secret}</c>: words, and names in braces that stand for any one part. Immutable.</summary>
internal sealed class RoutePath
{
    private const int Longest = 200;

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly string[] parts;

    private RoutePath(string[] parts) => this.parts = parts;

    /// <summary>The same for two paths that match the same requests. Sorted by it, words come before names.</summary>
    public string Shape => string.Join('/', parts.Select(part => NameOf(part) is null ? part : "{}"));

    /// <summary>Its words and names with dots between them.</summary>
    public string Words => string.Join('.', parts.Select(part => NameOf(part) ?? part));

    public static bool TryParse(string text, [NotNullWhen(true)] out RoutePath? path)
    {
        var parts = text.Length == 0 ? [] : text.Split('/');
        var names = parts.Select(NameOf).OfType<string>().ToList();
        var isPath = text.Length <= Longest && Array.TrueForAll(parts, IsPart) && names.Distinct().Count() == names.Count;
        path = isPath ? new(parts) : null;
        return isPath;
    }

    /// <param name="requested">The parts of a request's path.</param>
    /// <returns>The values of the names; null if it does not match.</returns>
    public IReadOnlyDictionary<string, string>? Match(ReadOnlySpan<string> requested)
    {
        if (requested.Length != parts.Length) return null;
        Dictionary<string, string>? values = null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (NameOf(parts[i]) is not { } name)
            {
                if (parts[i] != requested[i]) return null;
            }
            else if (requested[i].Length == 0)
            {
                return null;
            }
            else
            {
                (values ??= [])[name] = requested[i];
            }
        }
        return values ?? None;
    }

    private static bool IsPart(string part) => NameOf(part) is { } name
        ? name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
        : part.Length > 0 && part[0] != '.' && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Null for a word.</summary>
    private static string? NameOf(string part) => part is ['{', .. var name, '}'] ? name : null;
}
