namespace Chat;

/// <summary>Everything the daemon knows about a command. Attributed methods and builders both become one of these.</summary>
public sealed record CommandDescriptor
{
    /// <summary>
    /// The canonical name, without the slash: the id for permissions and audit. A subcommand has several words (<c>encerrar
    /// cancelar</c>).
    /// </summary>
    public required string Name { get; init; }

    public IReadOnlyList<LocalizedName> Aliases { get; init; } = [];

    /// <summary>The sentence that lists and help show next to the name.</summary>
    public LocalizedText Summary { get; init; } = LocalizedText.None;

    /// <summary>Complete lines with the slash. The daemon checks that each one parses.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    public IReadOnlyList<ParameterDescriptor> Parameters { get; init; } = [];

    public CommandPolicy Policy { get; init; } = CommandPolicy.Open;

    public required CommandInvoker Invoke { get; init; }

    /// <summary>The name to show in this language.</summary>
    public string NameIn(string language) => Aliases.FirstOrDefault(a => a.Language == language)?.Name ?? Name;
}
