using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>What a version that comes into force brings, and what it may do that the one before could not. Permissions and hooks are those that it registered; capabilities those that its code refers to.</summary>
/// <param name="IsFirst">There is nothing to compare it with.</param>
internal sealed record PluginDifference(CommandDifference Commands, IReadOnlyList<string> Permissions, IReadOnlyList<string> Hooks, IReadOnlyList<string> Capabilities, bool IsFirst)
{
    public static PluginDifference Of(PluginGeneration? before, PluginManifest? manifestBefore, PluginGeneration after, PluginManifest manifest) => new(
        CommandDifference.Of(DescriptorsOf(before), DescriptorsOf(after)),
        [.. PermissionsOf(after).Except(PermissionsOf(before))],
        [.. HooksOf(after).Except(HooksOf(before))],
        [.. manifest.Capabilities.Except(manifestBefore?.Capabilities ?? []).Select(c => c.ToString())],
        before is null);

    /// <summary>Sentences, or nothing where nothing is new.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Commands.ToString(),
        Part(IsFirst ? "Permissions" : "Permissions added", Permissions),
        Part(IsFirst ? "Hooks" : "Hooks added", Hooks),
        Part(IsFirst ? "It asks for" : "It now also asks for", Capabilities),
    }.Where(sentence => sentence.Length > 0));

    private static string Part(string what, IReadOnlyList<string> words) => words.Count == 0 ? "" : $"{what}: {string.Join(", ", words)}.";

    private static IReadOnlyList<CommandDescriptor> DescriptorsOf(PluginGeneration? generation) => [.. (generation?.Commands ?? []).Select(c => c.Descriptor)];

    /// <summary>With the lowest role: one that is declared for another role counts as added.</summary>
    private static IEnumerable<string> PermissionsOf(PluginGeneration? generation) => (generation?.Commands ?? [])
        .Select(c => $"{c.Permission} ({c.Descriptor.Policy.DefaultRole.ToString().ToLowerInvariant()})").Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> HooksOf(PluginGeneration? generation) =>
        generation is null ? [] : generation.Hooks.Filters.Select(f => $"filter {f.Name}").Concat(generation.Hooks.Handlers.Select(h => $"handler {h.Name}")).Distinct();
}
