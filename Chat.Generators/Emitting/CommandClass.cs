using Chat.Generators.Declared;

namespace Chat.Generators.Emitting;

/// <summary>The commands of one class, by name.</summary>
/// <param name="Twin">How many come before it whose names differ in case only: to the compiler names of files are alike then.</param>
internal sealed record CommandClass(string Owner, int Twin, Sequence<DeclaredCommand> Commands)
{
    /// <summary>Of the generated class.</summary>
    public string Name { get; } = Names.ClassOf(Owner);

    /// <summary>What it is written into.</summary>
    public string File => Twin == 0 ? $"{Name}.g.cs" : $"{Name}.{Twin}.g.cs";

    /// <summary>What a scope makes: the class itself, and what its parameters' values are proposed by.</summary>
    public IEnumerable<string> Registered =>
        Commands.SelectMany(c => c.Parameters).Select(p => p.Suggestions).OfType<string>().Distinct().OrderBy(s => s, StringComparer.Ordinal)
            .Concat(Commands.Any(c => !c.IsStatic) ? [Owner] : []).Distinct();

    public static IEnumerable<CommandClass> Of(IEnumerable<DeclaredCommand> commands) =>
        commands.GroupBy(c => c.Owner).OrderBy(g => g.Key, StringComparer.Ordinal).GroupBy(g => Names.ClassOf(g.Key), StringComparer.OrdinalIgnoreCase)
            .SelectMany(twins => twins.Select((g, twin) => new CommandClass(g.Key, twin, g.OrderBy(c => c.Name, StringComparer.Ordinal).ToSequence())));
}
