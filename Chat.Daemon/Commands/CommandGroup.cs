namespace Chat.Daemon.Commands;

/// <summary>Commands that share their first words, such as <c>palavra</c> in <c>/palavra listar</c>.</summary>
internal static class CommandGroup
{
    /// <summary>The usage of each command in the group that the user may run there. Null if there is none.</summary>
    /// <param name="typed">The group's name in any language; untrusted.</param>
    public static string? Overview(CommandRegistry.Snapshot snapshot, string typed, User user, Room? room, CommandTexts texts)
    {
        var lines = snapshot.ListedFor(user, room).Where(e => NamesOf(e, typed).Any())
            .Select(e => CommandHelp.Line(e, texts)).Order(StringComparer.InvariantCultureIgnoreCase).ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines.Prepend(texts.Group(typed.Trim())));
    }

    /// <summary>The names of its commands that the user may run there, those in the language first.</summary>
    public static IEnumerable<string> NamesIn(CommandRegistry.Snapshot snapshot, string typed, User user, Room? room, string language)
    {
        var listed = snapshot.ListedFor(user, room).ToList();
        return listed.SelectMany(e => NamesOf(e, typed).Where(name => name == e.NameIn(language)))
            .Concat(listed.SelectMany(e => NamesOf(e, typed)));
    }

    private static IEnumerable<string> NamesOf(CatalogueEntry entry, string typed)
    {
        var start = NameFold.Of(typed).Trim() + ' ';
        return entry.Descriptor.Aliases.Select(a => a.Name).Prepend(entry.Descriptor.Name)
            .Where(name => NameFold.Of(name).StartsWith(start, StringComparison.Ordinal));
    }
}
