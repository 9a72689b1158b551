using System.Collections.Frozen;
using Chat.Daemon.Accounts;

namespace Chat.Daemon.Commands;

/// <summary>All commands of one moment by their names and aliases, ignoring case and accents. Immutable.</summary>
internal sealed class CommandCatalogue
{
    public static readonly CommandCatalogue Empty = Of([]);

    /// <summary>UTF-16 units of a name that is looked up without a copy. A longer text may be a name too, with separate accents.</summary>
    private const int UsualName = 64;

    private readonly FrozenDictionary<string, CatalogueEntry> byName;
    private readonly FrozenDictionary<string, CatalogueEntry>.AlternateLookup<ReadOnlySpan<char>> byFolded;
    private readonly int longestName;

    private CommandCatalogue(Dictionary<string, CatalogueEntry> byName, IReadOnlyList<CatalogueProblem> problems)
    {
        this.byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        byFolded = this.byName.GetAlternateLookup<ReadOnlySpan<char>>();
        longestName = byName.Keys.Select(name => name.Count(c => c == ' ') + 1).DefaultIfEmpty(1).Max();
        Entries = [.. this.byName.Values.Distinct().OrderBy(e => e.Descriptor.Name, StringComparer.InvariantCultureIgnoreCase)];
        Problems = problems;
    }

    /// <summary>Sorted by canonical name.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    public IReadOnlyList<CatalogueProblem> Problems { get; }

    /// <summary>Permissions that something else than a command asks for, with the role that each has by default.</summary>
    public IReadOnlyList<(string Permission, Role Lowest)> AlsoAsked { get; private set; } = [];

    /// <summary>The default roles, changed by the settings and by what admins have set at runtime.</summary>
    public PermissionTable ToPermissionTable(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? overrides = null, IReadOnlyCollection<RuntimePermission>? runtime = null) =>
        new(Entries.Select(e => (e.Permission, e.Descriptor.Policy.DefaultRole)).Concat(AlsoAsked),
            overrides ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty, runtime);

    /// <summary>
    /// Of two commands with one name the first wins. A name wins over an alias, because it is the id for permissions and audit.
    /// </summary>
    public static CommandCatalogue Of(IEnumerable<CatalogueEntry> entries)
    {
        var byName = new Dictionary<string, CatalogueEntry>();
        var problems = new List<CatalogueProblem>();
        var taken = new List<CatalogueEntry>();
        foreach (var entry in entries)
        {
            problems.AddRange(entry.Problems.Select(text => new CatalogueProblem(entry.Owner.Id, entry.Descriptor.Name, text)));
            if (entry.Problems.Count == 0 && Add(entry.Descriptor.Name, entry, byName, problems)) taken.Add(entry);
        }
        foreach (var entry in taken)
            foreach (var alias in entry.Descriptor.Aliases) Add(alias.Name, entry, byName, problems);
        return new(byName, problems);
    }

    /// <summary>The same commands.</summary>
    public CommandCatalogue AlsoAsking(IEnumerable<(string Permission, Role Lowest)> permissions)
    {
        var same = (CommandCatalogue)MemberwiseClone();
        same.AlsoAsked = [.. permissions];
        return same;
    }

    public CatalogueEntry? Find(string name) => Find(name.AsSpan());

    /// <summary>Finds the command with the longest name that the line begins with, after its slash.</summary>
    /// <param name="end">The index where that name ends; without a match, where the first word ends.</param>
    public CatalogueEntry? FindIn(string line, out int end)
    {
        var at = line.StartsWith('/') ? 1 : 0;
        var start = end = EndOfWord(line, at);
        CatalogueEntry? found = null;
        for (var words = 1; words <= longestName && start > at; words++)
        {
            if (Find(line.AsSpan(at..start)) is { } entry) (found, end) = (entry, start);
            var next = start;
            while (next < line.Length && char.IsWhiteSpace(line[next])) next++;
            if (next == line.Length) break;
            start = EndOfWord(line, next);
        }
        return found;
    }

    /// <summary>Folds like <see cref="Fold"/>, but allocates nothing for an ASCII name.</summary>
    private CatalogueEntry? Find(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[UsualName];
        var length = 0;
        foreach (var c in name)
        {
            if (!char.IsAscii(c) || length == UsualName) return byName.GetValueOrDefault(Fold(name.ToString()));
            if (!char.IsWhiteSpace(c)) folded[length++] = char.ToLowerInvariant(c);
            else if (length > 0 && folded[length - 1] != ' ') folded[length++] = ' ';
        }
        byFolded.TryGetValue(folded[..length].TrimEnd(' '), out var entry);
        return entry;
    }

    private static bool Add(
        string name, CatalogueEntry entry, Dictionary<string, CatalogueEntry> byName, List<CatalogueProblem> problems)
    {
        if (byName.TryAdd(Fold(name), entry)) return true;
        var first = byName[Fold(name)];
        if (!ReferenceEquals(first, entry))
        {
            var text = $"The name {name} is already taken by the command {first.Descriptor.Name} of plugin {first.Owner.Id}.";
            problems.Add(new(entry.Owner.Id, entry.Descriptor.Name, text));
        }
        return false;
    }

    private static int EndOfWord(string line, int at)
    {
        while (at < line.Length && !char.IsWhiteSpace(line[at])) at++;
        return at;
    }

    private static string Fold(string name) =>
        string.Join(' ', NameFold.Of(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
