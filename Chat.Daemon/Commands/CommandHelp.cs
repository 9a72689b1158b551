using System.Text;

namespace Chat.Daemon.Commands;

/// <summary>Writes help from descriptors, about commands that the caller may run.</summary>
internal sealed class CommandHelp(CommandRegistry commandRegistry, CommandExplainer explainer) : IHelp
{
    public string Overview(CommandContext context)
    {
        var texts = CommandTexts.In(context.Language);
        var lines = commandRegistry.Current.ListedFor(context.Caller, context.Room)
            .Select(e => Line(e, texts)).Order(StringComparer.InvariantCultureIgnoreCase).ToList();
        return lines.Count == 0 ? texts.HelpNone : string.Join('\n', [texts.HelpHeading, .. lines, texts.HelpMore]);
    }

    public string? About(CommandContext context, string command)
    {
        var snapshot = commandRegistry.Current;
        var entry = snapshot.Catalogue.Find(command.TrimStart('/'));
        var texts = CommandTexts.In(context.Language);
        var group = CommandGroup.Overview(snapshot, command.TrimStart('/'), context.Caller, context.Room, texts);
        if (entry is null) return group;
        if (!snapshot.MayRun(context.Caller, entry, context.Room)) return null;
        return group is null ? Page(entry, texts) : $"{Page(entry, texts)}\n{group[(group.IndexOf('\n', StringComparison.Ordinal) + 1)..]}";
    }

    public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) => explainer.ExplainAsync(context, line);

    /// <summary>Usage and summary.</summary>
    public static string Line(CatalogueEntry entry, CommandTexts texts)
    {
        var usage = UsageText.Of(entry, texts);
        return entry.Descriptor.Summary.IsEmpty ? usage : $"{usage} — {entry.Descriptor.Summary.In(texts.Language)}";
    }

    private static string Page(CatalogueEntry entry, CommandTexts texts)
    {
        var page = new StringBuilder(Line(entry, texts));
        var shown = entry.NameIn(texts.Language);
        var others = entry.Descriptor.Aliases.Select(a => a.Name).Prepend(entry.Descriptor.Name)
            .Where(n => n != shown).Select(n => "/" + n).ToList();
        if (others.Count > 0) page.Append('\n').Append(texts.OtherNames).Append(' ').AppendJoin(", ", others);
        if (entry.Descriptor.Parameters.Count > 0)
        {
            var parameters = entry.Descriptor.Parameters.Zip(entry.Defaults, (p, value) => "\n  " + Parameter(p, value, texts));
            page.Append('\n').Append(texts.Parameters).AppendJoin("", parameters);
        }
        if (ExamplesOf(entry, shown, texts.Language) is { Count: > 0 } examples)
            page.Append('\n').Append(texts.Examples).AppendJoin("", examples.Select(e => "\n  " + e));
        return page.ToString();
    }

    /// <summary>The examples with the names that are shown, of the command and its options; all of them if there are none.</summary>
    private static IReadOnlyList<string> ExamplesOf(CatalogueEntry entry, string shown, string language)
    {
        var foreign = entry.Descriptor.Parameters.Where(LineBinder.IsNamed)
            .SelectMany(p => p.Aliases.Select(a => a.Name).Append(p.Name).Where(n => n != p.NameIn(language))).ToHashSet();
        string[] own = [.. entry.Descriptor.Examples.Where(e => (e + " ").StartsWith($"/{shown} ", StringComparison.Ordinal)
            && !e.Split(' ').Any(word => word.StartsWith("--", StringComparison.Ordinal) && foreign.Contains(word[2..].Split('=')[0])))];
        return own.Length > 0 ? own : entry.Descriptor.Examples;
    }

    private static string Parameter(ParameterDescriptor parameter, string? value, CommandTexts texts)
    {
        var choices = texts.Shown(ArgumentReader.ChoicesOf(parameter));
        var type = choices.Count > 0 ? string.Join(" | ", choices) : texts.TypeWord(parameter);
        var name = $"{(LineBinder.IsNamed(parameter) ? "--" : "")}{parameter.NameIn(texts.Language)}";
        var text = parameter.Kind is ParameterKind.Flag ? name : $"{name} ({type})";
        if (!parameter.Summary.IsEmpty && type != parameter.Summary.In(texts.Language))
            text += $" — {parameter.Summary.In(texts.Language)}";
        return value is not null ? $"{text} [{texts.Default} {value}]" : text;
    }
}
