namespace Chat.Daemon.Plugins.Inspection;

/// <summary>What is new for users between two versions of a plugin, by canonical names.</summary>
internal sealed record CommandDifference(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    public static CommandDifference Of(IReadOnlyList<CommandDescriptor> before, IReadOnlyList<CommandDescriptor> after)
    {
        var (old, next) = (before.ToDictionary(c => c.Name, Shape), after.ToDictionary(c => c.Name, Shape));
        return new(
            [.. next.Keys.Except(old.Keys)], [.. old.Keys.Except(next.Keys)],
            [.. next.Where(n => old.TryGetValue(n.Key, out var shape) && shape != n.Value).Select(n => n.Key)]);
    }

    /// <summary>A sentence, or nothing where nothing is different.</summary>
    public override string ToString()
    {
        var parts = new[] { Part("added", Added), Part("removed", Removed), Part("changed", Changed) }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : $"Commands {string.Join("; ", parts)}.";
    }

    private static string? Part(string what, IReadOnlyList<string> names) => names.Count == 0 ? null : $"{what}: {string.Join(", ", names)}";

    /// <summary>All that a caller or the operator depends on.</summary>
    private static string Shape(CommandDescriptor command) => string.Join('\n',
        command.Parameters.Select(p => $"{p.Name} {p.Kind} {p.Type.ValueType.Name} {p.Required} {string.Join(',', p.Choices)} {p.Min} {p.Max} {p.MinLength} {p.MaxLength} {p.Outranked}")
            .Concat(command.Aliases.Select(a => $"/{a.Name}")).Append($"{command.Policy with { Hidden = false }}"));
}
