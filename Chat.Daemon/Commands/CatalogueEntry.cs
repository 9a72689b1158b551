using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>
/// A command of a plugin. The constructor runs plugin code, which reads the examples and writes the defaults. Later uses run none.
/// </summary>
internal sealed record CatalogueEntry(CommandDescriptor Descriptor, PluginOwner Owner)
{
    /// <summary>Threads that the calls of one command may hold. If each holds one for a second, 16 a second still run.</summary>
    private const int MostCalls = 16;

    /// <summary>Threads for the suggestions of one command, which a client may ask for at each key.</summary>
    private const int MostSuggestions = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Rules that the descriptor breaks, for the operator. If there are any, the command is not added.</summary>
    public IReadOnlyList<string> Problems { get; } = DescriptorRules.ProblemsOf(Descriptor);

    /// <summary>The default of each parameter, as a caller would type it; null for none.</summary>
    public IReadOnlyList<string?> Defaults { get; } = [.. Descriptor.Parameters.Select(UsageText.DefaultOf)];

    /// <summary>As declared, or <c>command.name</c>, so that the operator can forbid any command.</summary>
    public string Permission { get; } = PermissionOf(Descriptor.Name, Descriptor.Policy.Permission);

    /// <param name="declared">Null where the command declares none.</param>
    public static string PermissionOf(string command, string? declared) => declared ?? $"command.{NameFold.Of(command).Replace(' ', '.')}";

    /// <summary>How long a call may take, with the reading of its arguments by code of the plugin.</summary>
    public TimeSpan Deadline { get; } = Descriptor.Policy.Deadline ?? CommandExecutor.DefaultDeadline;

    /// <summary>For the method and for the plugin's own parameter types. The wait there counts towards the deadline.</summary>
    public CallGate Calls { get; } = new(MostCalls, WaitWithin(Descriptor.Policy.Deadline ?? CommandExecutor.DefaultDeadline));

    public CallGate Suggestions { get; } = new(MostSuggestions, Commands.Suggestions.Patience);

    /// <inheritdoc cref="CommandDescriptor.NameIn"/>
    public string NameIn(string language) => Descriptor.NameIn(language);

    private static TimeSpan WaitWithin(TimeSpan deadline) => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, deadline.Ticks / 2));
}
