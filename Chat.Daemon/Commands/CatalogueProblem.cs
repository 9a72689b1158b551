namespace Chat.Daemon.Commands;

/// <summary>Why a command or one of its aliases was not added, for the operator.</summary>
internal sealed record CatalogueProblem(string Plugin, string Command, string Text);
