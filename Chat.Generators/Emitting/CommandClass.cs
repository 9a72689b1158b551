using Chat.Generators.Declared;

namespace Chat.Generators.Emitting;

/// <summary>The commands of one class, by name.</summary>
internal sealed record CommandClass(string Owner, Sequence<DeclaredCommand> Commands)
{
    /// <summary>Of the generated class, and of its file.</summary>
    public string Name { get; } = Names.Flat(Owner);

    /// <summary>What a scope makes: the class itself, and what its parameters' values are proposed by.</summary>
    public IEnumerable<string> Registered =>
        Commands.SelectMany(c => c.Parameters).Select(p => p.Suggestions).OfType<string>().Distinct().OrderBy(s => s, StringComparer.Ordinal)
            .Concat(Commands.Any(c => !c.IsStatic) ? [Owner] : []).Distinct();

    public static IEnumerable<CommandClass> Of(IEnumerable<DeclaredCommand> commands) =>
        commands.GroupBy(c => c.Owner).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new CommandClass(g.Key, g.OrderBy(c => c.Name, StringComparer.Ordinal).ToSequence()));
}
