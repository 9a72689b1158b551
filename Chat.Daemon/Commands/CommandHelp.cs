using System.Text;

namespace Chat.Daemon.Commands;

/// <summary>Help from descriptors, only of what the caller may run.</summary>
internal sealed class CommandHelp(CommandRegistry registry) : IHelp
{
    public string Overview(CommandContext context)
    {
        var texts = CommandTexts.In(context.Language);
        var lines = registry.Current.ListedFor(context.Caller).Select(e => Line(e, texts)).Order(StringComparer.InvariantCultureIgnoreCase).ToList();
        return lines.Count == 0 ? texts.HelpNone : string.Join('\n', [texts.HelpHeading, .. lines, texts.HelpMore]);
    }

    public string? About(CommandContext context, string command)
    {
        var snapshot = registry.Current;
        var entry = snapshot.Catalogue.Find(command.TrimStart('/'));
        return entry is not null && snapshot.MayRun(context.Caller, entry) ? Page(entry, CommandTexts.In(context.Language)) : null;
    }

    private static string Line(CatalogueEntry entry, CommandTexts texts)
    {
        var usage = UsageText.Of(entry, texts);
        return entry.Descriptor.Summary.IsEmpty ? usage : $"{usage} — {entry.Descriptor.Summary.In(texts.Language)}";
    }

    private static string Page(CatalogueEntry entry, CommandTexts texts)
    {
        var page = new StringBuilder(Line(entry, texts));
        var shown = entry.NameIn(texts.Language);
        var others = entry.Descriptor.Aliases.Select(a => a.Name).Prepend(entry.Descriptor.Name).Where(n => n != shown).Select(n => "/" + n).ToList();
        if (others.Count > 0) page.Append('\n').Append(texts.OtherNames).Append(' ').AppendJoin(", ", others);
        if (entry.Descriptor.Parameters.Count > 0)
            page.Append('\n').Append(texts.Parameters).AppendJoin("", entry.Descriptor.Parameters.Select(p => "\n  " + Parameter(p, texts)));
        if (entry.Descriptor.Examples.Count > 0)
            page.Append('\n').Append(texts.Examples).AppendJoin("", entry.Descriptor.Examples.Select(e => "\n  " + e));
        return page.ToString();
    }

    private static string Parameter(ParameterDescriptor parameter, CommandTexts texts)
    {
        var choices = ArgumentReader.ChoicesOf(parameter);
        var type = choices.Count > 0 ? string.Join(" | ", choices) : texts.TypeWord(parameter.Type);
        var text = $"{(LineBinder.IsNamed(parameter) ? "--" : "")}{parameter.Name} ({type})";
        if (!parameter.Summary.IsEmpty) text += $" — {parameter.Summary.In(texts.Language)}";
        return UsageText.DefaultOf(parameter) is { } value ? $"{text} [{texts.Default} {value}]" : text;
    }
}
