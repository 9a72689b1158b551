using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>
/// A command of a plugin. The constructor runs plugin code, which reads the examples and writes the defaults. Later uses run none.
/// </summary>
internal sealed record CatalogueEntry(CommandDescriptor Descriptor, PluginOwner Owner)
{
    /// <summary>
    /// Of one command at once. If each takes a second, 16 a second still run; if each blocks its thread, 16 threads are few.
    /// </summary>
    private const int MostCalls = 16;

    /// <summary>Rules that the descriptor breaks, for the operator. If there are any, the command is not added.</summary>
    public IReadOnlyList<string> Problems { get; } = DescriptorRules.ProblemsOf(Descriptor);

    /// <summary>The default of each parameter, as a caller would type it; null for none.</summary>
    public IReadOnlyList<string?> Defaults { get; } = [.. Descriptor.Parameters.Select(UsageText.DefaultOf)];

    /// <summary>As declared, or <c>command.name</c>, so that the operator can forbid any command.</summary>
    public string Permission { get; } = PermissionOf(Descriptor.Name, Descriptor.Policy.Permission);

    /// <param name="declared">Null where the command declares none.</param>
    public static string PermissionOf(string command, string? declared) => declared ?? $"command.{NameFold.Of(command).Replace(' ', '.')}";

    /// <summary>For its method.</summary>
    public CallLimit Calls { get; } = new(MostCalls);

    /// <inheritdoc cref="CommandDescriptor.NameIn"/>
    public string NameIn(string language) => Descriptor.NameIn(language);
}
