using System.Collections.Frozen;
using Chat.Daemon.Accounts;

namespace Chat.Daemon.Commands;

/// <summary>A command and whose it is. Making one runs code of its owner's, which reads the examples and writes the defaults; nothing that reads it later does.</summary>
internal sealed record CatalogueEntry(CommandDescriptor Descriptor, ICommandOwner Owner)
{
    /// <summary>What the descriptor does not keep to, for the operator; such a command is not taken.</summary>
    public IReadOnlyList<string> Problems { get; } = DescriptorRules.ProblemsOf(Descriptor);

    /// <summary>Of each parameter, as a caller would type it; null for none.</summary>
    public IReadOnlyList<string?> Defaults { get; } = [.. Descriptor.Parameters.Select(UsageText.DefaultOf)];

    /// <summary>Declared, or <c>command.name</c>: the operator can take away any command.</summary>
    public string Permission { get; } = PermissionOf(Descriptor.Name, Descriptor.Policy.Permission);

    /// <param name="declared">Null: none of its own.</param>
    public static string PermissionOf(string command, string? declared) => declared ?? $"command.{NameFold.Of(command).Replace(' ', '.')}";

    /// <inheritdoc cref="CommandDescriptor.NameIn"/>
    public string NameIn(string language) => Descriptor.NameIn(language);
}

/// <summary>Why a command, or one of its aliases, was not taken; for the operator.</summary>
internal sealed record CatalogueProblem(string Plugin, string Command, string Text);

/// <summary>All commands of one moment, by names and aliases, without regard to case and accents. Immutable.</summary>
internal sealed class CommandCatalogue
{
    public static readonly CommandCatalogue Empty = Of([]);

    /// <summary>UTF-16 units of any name that is looked for without being copied; a longer one may be a name too, with accents that are typed apart.</summary>
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

    /// <summary>By canonical name.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    public IReadOnlyList<CatalogueProblem> Problems { get; }

    /// <summary>Who may run what: the commands' own defaults, changed by the settings and by what admins decided since.</summary>
    public PermissionTable ToPermissionTable(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? overrides = null, IReadOnlyCollection<RuntimePermission>? runtime = null) =>
        new(Entries.Select(e => (e.Permission, e.Descriptor.Policy.DefaultRole)), overrides ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty, runtime);

    /// <summary>Of two commands of one name the first stays; a name wins over any alias, as it is the id for permissions and audit.</summary>
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

    public CatalogueEntry? Find(string name) => Find(name.AsSpan());

    /// <summary>The longest name that the line begins with, behind its slash.</summary>
    /// <param name="end">Where that name ends; without a match, where the first word ends.</param>
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

    /// <summary>As <see cref="Fold"/> does, but where all is ASCII without making a string.</summary>
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

    private static bool Add(string name, CatalogueEntry entry, Dictionary<string, CatalogueEntry> byName, List<CatalogueProblem> problems)
    {
        if (byName.TryAdd(Fold(name), entry)) return true;
        var first = byName[Fold(name)];
        if (!ReferenceEquals(first, entry))
            problems.Add(new(entry.Owner.Id, entry.Descriptor.Name, $"The name {name} belongs to the command {first.Descriptor.Name} of {first.Owner.Id} already."));
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
