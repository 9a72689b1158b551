namespace Chat.Daemon.Commands;

/// <summary>Commands that share their first words, such as <c>palavra</c> in <c>/palavra listar</c>.</summary>
internal static class CommandGroup
{
    /// <summary>The usage of each command in the group that the user may run there. Null if there is none.</summary>
    /// <param name="typed">The group's name in any language; untrusted.</param>
    public static string? Overview(CommandRegistry.Snapshot snapshot, string typed, User user, Room? room, CommandTexts texts)
    {
        var start = NameFold.Of(typed).Trim() + ' ';
        var lines = snapshot.ListedFor(user, room)
            .Where(e => e.Descriptor.Aliases.Select(a => a.Name).Prepend(e.Descriptor.Name)
                .Any(name => NameFold.Of(name).StartsWith(start, StringComparison.Ordinal)))
            .Select(e => CommandHelp.Line(e, texts)).Order(StringComparer.InvariantCultureIgnoreCase).ToList();
        return lines.Count == 0 ? null : string.Join("\n", lines.Prepend(texts.Group(typed.Trim())));
    }
}
