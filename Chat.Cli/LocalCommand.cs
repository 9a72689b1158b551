namespace Chat.Cli;

/// <summary>A command that the client runs itself. All names always work; the user sees those of the language.</summary>
/// <param name="English">Without the slash.</param>
internal sealed record LocalCommand(LocalAction Action, string English, string Portuguese)
{
    public static IReadOnlyList<LocalCommand> All { get; } =
    [
        new(LocalAction.Switch, "switch", "trocar"),
        new(LocalAction.History, "history", "histórico"),
        new(LocalAction.Mentions, "mentions", "menções"),
        new(LocalAction.Reply, "reply", "responder"),
        new(LocalAction.Edit, "edit", "editar"),
        new(LocalAction.Delete, "delete", "apagar"),
        new(LocalAction.React, "react", "reagir"),
        new(LocalAction.Set, "set", "definir"),
        new(LocalAction.Clear, "clear", "limpar"),
        new(LocalAction.Quit, "quit", "quit"),
    ];

    /// <summary>The daemon has commands of these names too, and its help describes them.</summary>
    public bool IsDaemonsToo => Action is LocalAction.Edit or LocalAction.Delete or LocalAction.React;

    public string NameIn(string language) => language == "en" ? English : Portuguese;

    public bool Is(string name) => CommandLine.IsSame(English, name) || CommandLine.IsSame(Portuguese, name);

    /// <summary>Null if the line begins with the name of no such command.</summary>
    /// <param name="line">Begins with a slash.</param>
    public static (LocalCommand Command, string Arguments)? In(string line)
    {
        var end = line.AsSpan().IndexOfAny(' ', '\n', '\t');
        var name = end < 0 ? line[1..] : line[1..end];
        return name.Length > 0 && All.FirstOrDefault(c => c.Is(name)) is { } command ? (command, end < 0 ? "" : line[end..].Trim()) : null;
    }
}
