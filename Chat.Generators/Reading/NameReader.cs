using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads names and aliases, and combines those of groups and subcommands.</summary>
internal static class NameReader
{
    private const int Longest = 64;

    public static (string Name, EquatableArray<DeclaredName> Aliases) Read(IMethodSymbol method, AttributeData command, Findings findings)
    {
        var own = Prepend(command.Argument<string>(0) ?? "", Aliases(method));
        var group = method.ContainingType.AttributeSources().FirstOrDefault(t => t.Has("CommandGroup"));
        var all = group is null ? own : Combine(Prepend(group.One("CommandGroup")!.Argument<string>(0) ?? "", Aliases(group)), own);
        foreach (var name in all.Where(n => !IsCommandName(n.Name))) findings.Add(Rules.BadName, command.LocationOr(method), name.Name);
        return (all[0].Name, all.Skip(1).GroupBy(n => n.Name).Select(g => g.First()).ToEquatableArray());
    }

    public static EquatableArray<DeclaredName> Aliases(ISymbol symbol) =>
        symbol.All("Alias").Select(a => new DeclaredName(a.Argument<string>(0) ?? "", a.Argument<string>(1))).ToEquatableArray();

    public static bool IsWord(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');

    private static bool IsCommandName(string name) => name.Length <= Longest && name.Split(' ').All(IsWord);

    private static List<DeclaredName> Prepend(string canonical, EquatableArray<DeclaredName> aliases) => [new(canonical, null), .. aliases];

    /// <summary>
    /// Combines the names of the same language. The canonical name serves every language without an alias. Canonical names come first,
    /// also in the result.
    /// </summary>
    private static List<DeclaredName> Combine(List<DeclaredName> outer, List<DeclaredName> own) =>
    [
        .. from g in outer
           from o in own
           where Fits(outer, g, o.Language) && Fits(own, o, g.Language)
           select new DeclaredName($"{g.Name} {o.Name}".TrimEnd(), g.Language ?? o.Language),
    ];

    private static bool Fits(List<DeclaredName> names, DeclaredName name, string? language) =>
        name.Language == language || language is null || (name == names[0] && !names.Exists(n => n.Language == language));
}
