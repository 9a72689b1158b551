using System.Globalization;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What arrives becomes lines for people.</summary>
internal sealed class EventPrinter(ChatClient client, Places places, CliTexts texts, IScreen screen, Palette palette)
{
    /// <summary>Messages shown of a room that was just joined.</summary>
    private const int Recent = 10;

    /// <summary>Names shown at once.</summary>
    private const int NamesShown = 20;

    private readonly HashSet<Conversation> known = [];

    /// <summary>Until the rooms of the login are in: the first of them is the one that is spoken in.</summary>
    private readonly HashSet<Conversation> expected = [.. (client.Welcome?.Rooms ?? []).Select(Conversation.Room)];

    /// <summary>Runs until the session ends; its end.</summary>
    public async Task<ChatEvent.SessionEnded?> RunAsync(CancellationToken ct)
    {
        await foreach (var e in client.Events(ct))
        {
            if (e is ChatEvent.SessionEnded end) return end;
            if (e is ChatEvent.JoinedRoom joined) await JoinedAsync(joined, ct);
            else Show(e);
        }
        return null;
    }

    private void Show(ChatEvent e)
    {
        switch (e)
        {
            case ChatEvent.MessageArrived m:
                places.Saw(m.Message.From);
                screen.Print(Line(m.Conversation, m.Message));
                break;
            case ChatEvent.PresenceChanged p:
                places.Saw(p.Joined);
                if (Others(p.Joined) is { Count: > 0 } came) Note(texts.Arrived(Names(came), Clean(p.Room)));
                if (Others(p.Left) is { Count: > 0 } went) Note(texts.Departed(Names(went), Clean(p.Room)));
                break;
            case ChatEvent.LeftRoom l:
                places.Leave(Conversation.Room(l.Room));
                known.Remove(Conversation.Room(l.Room));
                Note(l.Reason is null ? texts.LeftRoom(Clean(l.Room)) : texts.KickedFromRoom(Clean(l.Room), Clean(l.Reason)));
                break;
            case ChatEvent.NoticeArrived n:
                screen.Print((n.Room is null ? "* " : $"* {Clean(n.Room)}: ") + Block(n.Text));
                break;
            case ChatEvent.RefusalArrived r:
                screen.Print(palette.Alarm(texts.Refused(RefusalWords.Say(texts, r.Refusal))));
                break;
            default:
                if (State(e) is { } line) Note(line);
                break;
        }
    }

    private string? State(ChatEvent e) => e switch
    {
        ChatEvent.Missed m => texts.Missed(Clean(m.Conversation.ToString()), m.Count),
        ChatEvent.ConversationReset r => texts.ConversationReset(Clean(r.Conversation.ToString())),
        ChatEvent.Unobtainable u => texts.Unobtainable(Clean(u.Conversation.ToString()), u.Last, RefusalWords.Say(texts, u.Refusal)),
        ChatEvent.Skipped s => texts.Skipped(s.Count),
        ChatEvent.ConnectionLost c => texts.ConnectionLost(Clean(c.Reason)),
        ChatEvent.Reconnected => texts.Reconnected,
        _ => null,
    };

    /// <summary>The first time: who is here, and what was said last. After a reconnection nothing: what was missed follows.</summary>
    private async Task JoinedAsync(ChatEvent.JoinedRoom joined, CancellationToken ct)
    {
        var room = Conversation.Room(joined.Room);
        places.Enter(room, speaks: !expected.Remove(room) && !known.Contains(room));
        if (!known.Add(room)) return;
        Note(texts.InRoom(Clean(joined.Room)));
        var members = await client.MembersAsync(joined.Room, ct: ct);
        if (members.Value is { Entries.Count: > 0 } page)
        {
            places.Saw(page.Entries.Select(m => m.User));
            Note(texts.Members(Names([.. page.Entries.Select(m => m.User)], page.More)));
        }
        if (!screen.IsInteractive || joined.Last == 0) return;
        var history = await client.HistoryAsync(room, before: joined.Last + 1, limit: Recent, ct: ct);
        foreach (var message in history.Value?.Messages ?? []) screen.Print(Line(room, message));
    }

    private string Line(Conversation where, DaemonFrame.Message m)
    {
        var local = TimeZoneInfo.ConvertTime(m.At, TimeZoneInfo.Local);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local).Date;
        var time = local.ToString(isToday ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var place = where.Equals(places.Active) ? "" : Clean(where.ToString()) + " ";
        var text = m.Erased is true ? palette.Dim(texts.Erased) : Block(m.Text);
        return $"{palette.Dim(time)} {palette.Dim(place)}{palette.Name(Clean(m.From))}: {text}";
    }

    private void Note(string line) => screen.Print(palette.Dim(line));

    private List<string> Others(IReadOnlyList<string> names)
    {
        var me = Conversation.With(places.Me);
        return [.. names.Where(n => !Conversation.With(n).Equals(me))];
    }

    private string Names(List<string> names, bool more = false)
    {
        var shown = Clean(string.Join(", ", names.Take(NamesShown)));
        return names.Count > NamesShown ? texts.AndMore(shown, names.Count - NamesShown) : more ? shown + ", …" : shown;
    }

    /// <summary>For one row.</summary>
    private static string Clean(string text) => TextRules.Harmless(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>Rows after the first are set in, so that no text can pass for another message.</summary>
    private static string Block(string text) =>
        TextRules.Harmless(text.ReplaceLineEndings("\n")).Replace("\t", "    ", StringComparison.Ordinal).Replace("\n", "\n      ", StringComparison.Ordinal);
}
