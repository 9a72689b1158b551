using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reporting;

/// <summary>The members in Pinned.txt, which keep a plugin in memory.</summary>
internal sealed class PinnedList
{
    private const string Reflecting = "~";

    private static readonly ImmutableArray<string[]> Entries = Read();

    private readonly Dictionary<ISymbol, (string Reason, bool OnlyReflecting)> listed = new(SymbolEqualityComparer.Default);

    /// <param name="isOn">Whether a project property is true.</param>
    public PinnedList(Compilation compilation, Func<string, bool> isOn)
    {
        foreach (var entry in Entries.Where(e => e.Length < 3 || !isOn(e[2])))
        {
            foreach (var symbol in DocumentationCommentId.GetSymbolsForDeclarationId(IdOf(entry), compilation))
                listed[symbol] = (entry[1], IsReflecting(entry));
        }
    }

    public static IEnumerable<string> Ids => Entries.Select(IdOf);

    /// <summary>Null if neither the member nor its type is listed.</summary>
    public string? ReasonOf(ISymbol member)
    {
        var symbol = (member as IMethodSymbol)?.ReducedFrom?.OriginalDefinition ?? member.OriginalDefinition;
        return listed.TryGetValue(symbol, out var found)
            || (symbol.ContainingType is { } type && listed.TryGetValue(type.OriginalDefinition, out found))
            ? found.OnlyReflecting && !Reflects(symbol) ? null : found.Reason
            : null;
    }

    private static bool Reflects(ISymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass is { Name: "RequiresUnreferencedCodeAttribute" });

    private static bool IsReflecting(string[] entry) => entry[0].StartsWith(Reflecting, StringComparison.Ordinal);

    private static string IdOf(string[] entry) => IsReflecting(entry) ? entry[0].Substring(Reflecting.Length) : entry[0];

    private static ImmutableArray<string[]> Read()
    {
        using var stream = typeof(PinnedList).Assembly.GetManifestResourceStream("Pinned.txt")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Where(line => !line.StartsWith("#", StringComparison.Ordinal)).Select(line => line.Split(';'))];
    }
}
