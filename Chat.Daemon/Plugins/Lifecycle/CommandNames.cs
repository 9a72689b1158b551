using System.Collections.Immutable;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The names that the operator has given to commands of plugins (<c>Chat:Plugins:Names</c>): <c>rolar=jogar</c>.</summary>
/// <param name="settings">The rules of each plugin, by its id.</param>
internal sealed class CommandNames(Func<ImmutableDictionary<string, ImmutableArray<string>>> settings)
{
    public static readonly CommandNames AsDeclared = new(() => ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    /// <summary>The command's name for users.</summary>
    public string NameOf(string plugin, string declared)
    {
        foreach (var rule in settings().GetValueOrDefault(plugin, []))
            if (CommandRename.TryParse(rule, out var rename) && NameFold.Of(rename.Old) == NameFold.Of(declared)) return rename.New;
        return declared;
    }

    /// <summary>The command with the operator's names, also in its examples. Its permission stays as declared.</summary>
    public CatalogueEntry Renamed(CatalogueEntry command)
    {
        var declared = command.Descriptor;
        string New(string name) => NameOf(command.Owner.Id, name);
        var aliases = declared.Aliases.Select(alias => alias with { Name = New(alias.Name) }).ToList();
        if (New(declared.Name) == declared.Name && aliases.SequenceEqual(declared.Aliases)) return command;
        var examples = declared.Examples.Select(example => NameIn(declared, example) is { } name ? Put(New(name), name, example) : example);
        return command with { Descriptor = declared with { Name = New(declared.Name), Aliases = aliases, Examples = [.. examples] } };
    }

    /// <summary>The command without some of its aliases. Examples that used them use its name.</summary>
    public static CatalogueEntry Without(IReadOnlyCollection<string> lost, CatalogueEntry command)
    {
        var full = command.Descriptor;
        if (!full.Aliases.Any(alias => lost.Contains(alias.Name))) return command;
        var examples = full.Examples.Select(example =>
            NameIn(full, example) is { } name && lost.Contains(name) ? Put(full.Name, name, example) : example);
        return command with
        {
            Descriptor = full with { Aliases = [.. full.Aliases.Where(alias => !lost.Contains(alias.Name))], Examples = [.. examples] },
        };
    }

    private static string Put(string now, string old, string example) => $"/{now}{example[(old.Length + 1)..]}";

    /// <summary>The name with which a line begins; the longest, if several fit.</summary>
    private static string? NameIn(CommandDescriptor command, string line) => command.Aliases.Select(alias => alias.Name)
        .Append(command.Name).OrderByDescending(name => name.Length)
        .FirstOrDefault(name => $"{line} ".StartsWith($"/{name} ", StringComparison.Ordinal));
}
