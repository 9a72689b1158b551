using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>The entries of a <c>commands</c> frame.</summary>
internal static class CommandListing
{
    /// <summary>The commands that the user may run outside rooms, sorted by their names in the language.</summary>
    public static IReadOnlyList<CommandEntry> For(CommandRegistry.Snapshot snapshot, User user, string language)
    {
        var texts = CommandTexts.In(language);
        return [.. snapshot.ListedFor(user, null).Select(e => Of(e, texts))
            .OrderBy(e => e.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    private static CommandEntry Of(CatalogueEntry entry, CommandTexts texts)
    {
        var command = entry.Descriptor;
        var name = entry.NameIn(texts.Language);
        var byLanguage = command.Aliases.Prepend(command.Name).OrderByDescending(a => a.Language == texts.Language);
        string[] others = [.. byLanguage.Select(a => a.Name).Where(n => n != name)];
        return new(name, others, command.Summary.In(texts.Language), UsageText.Of(entry, texts),
            [.. command.Parameters.Zip(entry.Defaults, (p, value) => Of(p, value, texts))],
            command.Policy.Where.ToString().ToLowerInvariant());
    }

    private static ParameterEntry Of(ParameterDescriptor parameter, string? value, CommandTexts texts)
    {
        var name = parameter.NameIn(texts.Language);
        string[] others = [.. parameter.Aliases.Prepend(parameter.Name).Select(a => a.Name).Where(n => n != name)];
        var choices = texts.Shown(ArgumentReader.ChoicesOf(parameter));
        return new(
            name, choices.Count > 0 ? "choice" : parameter.Type.Name,
            parameter.Kind.ToString().ToLowerInvariant(), parameter.Required,
            parameter.Summary.IsEmpty ? null : parameter.Summary.In(texts.Language), value,
            choices.Count > 0 ? choices : null, parameter.Min, parameter.Max, parameter.Secret ? true : null,
            LineBinder.IsNamed(parameter) && others.Length > 0 ? others : null);
    }
}
