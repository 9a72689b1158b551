using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Shows which parameters a command still takes, behind the line.</summary>
internal sealed class CommandHint(KnownCommands commands)
{
    private Task? fetching;

    /// <summary>Empty if there is nothing to say, or the commands are not known yet.</summary>
    public string Of(string line)
    {
        if (!line.StartsWith('/') || line.StartsWith("//", StringComparison.Ordinal)) return "";
        if (commands.Cached is not { } known)
        {
            if (fetching is null or { IsCompleted: true }) fetching = Task.Run(() => commands.GetAsync(CancellationToken.None));
            return "";
        }
        if (!char.IsWhiteSpace(line[^1]) || CommandLine.Find(line, known) is not var (command, end)) return "";
        var given = line[end..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Count(word => !word.StartsWith("--", StringComparison.Ordinal));
        return TextRules.Harmless(string.Join(' ', command.Parameters.Where(p => p.Kind is not ("option" or "flag"))
            .Where((p, i) => i >= given || p.Kind is "variadic").Select(Shown)));
    }

    private static string Shown(ParameterEntry parameter)
    {
        var name = parameter.Kind is "remainder" or "variadic" ? parameter.Name + "…" : parameter.Name;
        return parameter.Required ? $"<{name}>" : $"[{name}]";
    }
}
