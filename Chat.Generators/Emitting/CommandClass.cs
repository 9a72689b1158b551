using Chat.Generators.Declared;

namespace Chat.Generators.Emitting;

/// <summary>The commands of one class, by name.</summary>
/// <param name="Twin">
/// The number of earlier classes whose names differ only in case. The compiler ignores case in names of generated files.
/// </param>
internal sealed record CommandClass(string Owner, int Twin, EquatableArray<DeclaredCommand> Commands)
{
    /// <summary>The name of the generated class.</summary>
    public string Name { get; } = Names.ClassOf(Owner);

    /// <summary>The name of the generated file.</summary>
    public string File => Twin == 0 ? $"{Name}.g.cs" : $"{Name}.{Twin}.g.cs";

    /// <summary>The services to register: the class itself, and the classes that suggest values for its parameters.</summary>
    public IEnumerable<string> Services =>
        Commands.SelectMany(c => c.Parameters).Select(p => p.Suggestions).OfType<string>().Distinct()
            .OrderBy(s => s, StringComparer.Ordinal)
            .Concat(Commands.Any(c => !c.IsStatic) ? [Owner] : []).Distinct();

    public static IEnumerable<CommandClass> Of(IEnumerable<DeclaredCommand> commands) =>
        commands.GroupBy(c => c.Owner).OrderBy(g => g.Key, StringComparer.Ordinal)
            .GroupBy(g => Names.ClassOf(g.Key), StringComparer.OrdinalIgnoreCase)
            .SelectMany(twins => twins.Select((g, twin) => new CommandClass(g.Key, twin, Sorted(g))));

    private static EquatableArray<DeclaredCommand> Sorted(IEnumerable<DeclaredCommand> commands) =>
        commands.OrderBy(c => c.Name, StringComparer.Ordinal).ToEquatableArray();
}
