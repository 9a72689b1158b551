using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// What a version brings that the one before it did not have. Commands, permissions and hooks are those it registered; capabilities are
/// those its code references.
/// </summary>
/// <param name="AddedCommands">By canonical name, as the other two.</param>
/// <param name="IsFirst">There is no version to compare with.</param>
internal sealed record PluginDifference(
    IReadOnlyList<string> AddedCommands, IReadOnlyList<string> RemovedCommands, IReadOnlyList<string> ChangedCommands,
    IReadOnlyList<string> Permissions, IReadOnlyList<string> Hooks, IReadOnlyList<string> Capabilities, bool IsFirst)
{
    public static PluginDifference Of(
        PluginGeneration? before, PluginManifest? manifestBefore, PluginGeneration after, PluginManifest manifest)
    {
        var (old, current) = (SignaturesOf(before), SignaturesOf(after));
        return new(
            [.. current.Keys.Except(old.Keys)],
            [.. old.Keys.Except(current.Keys)],
            [.. current.Where(c => old.TryGetValue(c.Key, out var signature) && signature != c.Value).Select(c => c.Key)],
            [.. PermissionsOf(after).Except(PermissionsOf(before))],
            [.. HooksOf(after).Except(HooksOf(before))],
            [.. manifest.Capabilities.Except(manifestBefore?.Capabilities ?? []).Select(c => c.ToString())],
            IsFirst: before is null);
    }

    /// <summary>In sentences; empty if there is no difference.</summary>
    public override string ToString()
    {
        string[] commands = [List("added", AddedCommands), List("removed", RemovedCommands), List("changed", ChangedCommands)];
        var changes = string.Join("; ", commands.Where(part => part.Length > 0));
        string[] sentences =
        [
            changes.Length > 0 ? $"Commands {changes}." : "",
            Sentence(IsFirst ? "Permissions" : "Permissions added", Permissions),
            Sentence(IsFirst ? "Hooks" : "Hooks added", Hooks),
            Sentence(IsFirst ? "It asks for" : "It now also asks for", Capabilities),
        ];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static string Sentence(string subject, IReadOnlyList<string> words) => words.Count == 0 ? "" : $"{List(subject, words)}.";

    private static string List(string subject, IReadOnlyList<string> words) =>
        words.Count == 0 ? "" : $"{subject}: {string.Join(", ", words)}";

    /// <summary>Everything about each command that a caller or the operator depends on.</summary>
    private static Dictionary<string, string> SignaturesOf(PluginGeneration? generation) =>
        (generation?.Commands ?? []).ToDictionary(c => c.Descriptor.Name, c => SignatureOf(c.Descriptor));

    private static string SignatureOf(CommandDescriptor command) => string.Join('\n',
        command.Parameters.Select(SignatureOf)
            .Concat(command.Aliases.Select(a => $"/{a.Name}")).Append($"{command.Policy with { Hidden = false }}"));

    private static string SignatureOf(ParameterDescriptor p) =>
        $"{p.Name} {p.Kind} {p.Type.ValueType.Name} {p.Required} {string.Join(',', p.Choices)} "
        + $"{p.Min} {p.Max} {p.MinLength} {p.MaxLength} {p.Outranked}";

    /// <summary>With the default role: a permission with a new one counts as added.</summary>
    private static IEnumerable<string> PermissionsOf(PluginGeneration? generation) => (generation?.Commands ?? [])
        .Select(c => (c.Permission, c.Descriptor.Policy.DefaultRole))
        .Concat(generation?.Hooks.Routes.Select(r => (r.Permission, r.DefaultRole)) ?? [])
        .Select(asked => $"{asked.Permission} ({asked.DefaultRole.ToString().ToLowerInvariant()})")
        .Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> HooksOf(PluginGeneration? generation)
    {
        if (generation is null) return [];
        var filters = generation.Hooks.Filters.Select(f => $"filter {f.Name}");
        return filters.Concat(generation.Hooks.Handlers.Select(h => $"handler {h.Name}"))
            .Concat(generation.Hooks.Routes.Select(r => $"route {r.Name}"))
            .Concat(generation.Services.Select(name => $"service {name}"))
            .Concat(generation.Jobs.Select(name => $"job {name.Split('.')[^1]}")).Distinct();
    }
}
