namespace Chat.Protocol;

/// <summary>Rules beyond the types of fields. Breaking one is <c>bad_frame</c>.</summary>
internal static class FrameRules
{
    /// <summary>A sentence about the mistake; null if there is none.</summary>
    public static string? WrongWith(ClientFrame frame) => frame switch
    {
        ClientFrame.Login { User: null, Token: null, Cookie: null } => "A login needs user, token or cookie.",
        ClientFrame.Login { Rooms: { } rooms } when rooms.Any(r => r is null) => "The field rooms must contain strings.",
        ClientFrame.Message m when (m.Room is null) == (m.To is null) => "A message needs either room or to.",
        ClientFrame.Message m when TextRules.HasForbiddenControl(m.Text) =>
            "A text can contain line breaks and tabs, but no other control characters.",
        ClientFrame.Edit e when (e.Room is null) == (e.With is null) => "An edit needs either room or with.",
        ClientFrame.Edit e when TextRules.HasForbiddenControl(e.Text) =>
            "A text can contain line breaks and tabs, but no other control characters.",
        ClientFrame.Delete d when (d.Room is null) == (d.With is null) => "A delete needs either room or with.",
        ClientFrame.React r when (r.Room is null) == (r.With is null) => "A react needs either room or with.",
        ClientFrame.Changes c when (c.Room is null) == (c.With is null) => "A changes needs either room or with.",
        ClientFrame.Read r when (r.Room is null) == (r.With is null) => "A read needs either room or with.",
        ClientFrame.Typing t when (t.Room is null) == (t.With is null) => "A typing needs either room or with.",
        ClientFrame.Search { Room: not null, With: not null } => "A search is either in a room or with a user.",
        ClientFrame.History h when (h.Room is null) == (h.With is null) => "A history needs either room or with.",
        _ => null,
    };

    /// <inheritdoc cref="WrongWith(ClientFrame)"/>
    public static string? WrongWith(DaemonFrame frame) =>
        ListsOf(frame).Any(list => list is not null && list.Contains(null)) ? "A list of this frame contains null." : null;

    /// <summary>The serializer checks fields for null, but not the entries of lists.</summary>
    private static IEnumerable<IEnumerable<object?>?> ListsOf(DaemonFrame frame) => frame switch
    {
        DaemonFrame.Welcome w => [w.Roles, w.Rooms, w.Direct, w.Unread],
        DaemonFrame.Hello h => [h.Features],
        DaemonFrame.Joined j => [j.Messages, j.Changed, .. ListsOf(j.Messages), .. ListsOf(j.Changed)],
        DaemonFrame.History h => [h.Messages, .. ListsOf(h.Messages)],
        DaemonFrame.Changes c => [c.Messages, .. ListsOf(c.Messages)],
        DaemonFrame.Found f => [f.Messages, .. ListsOf(f.Messages)],
        DaemonFrame.Message m => ListsOf(m),
        DaemonFrame.Change c => [c.Mentions],
        DaemonFrame.Typing t => [t.Users],
        DaemonFrame.Presence p => [p.Arrived, p.Departed],
        DaemonFrame.Members m => [m.Entries, .. m.Entries.Select(e => e?.Roles)],
        DaemonFrame.Completions c => [c.Entries],
        DaemonFrame.Commands c => [c.Entries, .. c.Entries.SelectMany(ListsOf)],
        _ => [],
    };

    private static IEnumerable<IEnumerable<object?>?> ListsOf(IReadOnlyList<DaemonFrame.Message?>? messages) =>
        messages?.SelectMany(ListsOf) ?? [];

    private static IEnumerable<IEnumerable<object?>?> ListsOf(DaemonFrame.Message? message) =>
        message is null ? [] : [message.Mentions, message.Reactions, .. message.Reactions?.Select(r => r?.Users) ?? []];

    private static IEnumerable<IEnumerable<object?>?> ListsOf(CommandEntry? command) =>
        command is null ? [] : [command.Aliases, command.Parameters, .. command.Parameters.Select(p => p?.Choices)];
}
