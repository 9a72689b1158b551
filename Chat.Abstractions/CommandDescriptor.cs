namespace Chat;

/// <summary>Runs the command: services come from <paramref name="scope"/>, which lives as long as the invocation, and values from <paramref name="arguments"/> in the order of the parameters.</summary>
public delegate ValueTask<CommandResult> CommandInvoker(CommandContext context, IServiceProvider scope, ArgumentValues arguments);

/// <summary>All that the daemon knows of a command. Builders and generators make these; nothing else runs.</summary>
public sealed record CommandDescriptor
{
    /// <summary>Canonical, without the slash: the id for permissions and audit. Several words make a sub-command (<c>encerrar cancelar</c>).</summary>
    public required string Name { get; init; }

    public IReadOnlyList<LocalizedName> Aliases { get; init; } = [];

    /// <summary>One sentence: what lists and help show beside the name.</summary>
    public LocalizedText Summary { get; init; } = LocalizedText.None;

    /// <summary>Whole lines with the slash, each of which parses.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    public IReadOnlyList<ParameterDescriptor> Parameters { get; init; } = [];

    public CommandPolicy Policy { get; init; } = CommandPolicy.Open;

    public required CommandInvoker Invoke { get; init; }

    /// <summary>The name that is shown to those who speak the language.</summary>
    public string NameIn(string language) => Aliases.FirstOrDefault(a => a.Language == language)?.Name ?? Name;
}
