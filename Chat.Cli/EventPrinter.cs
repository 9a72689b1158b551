using System.Diagnostics;
using Chat.Client;
using Chat.Protocol;
using static Chat.Cli.LineFormat;

namespace Chat.Cli;

/// <summary>Prints events as lines of text.</summary>
internal sealed class EventPrinter(DialogueParts parts, PendingLines pendingLines, Outgoing outgoing, MessagePrinter printer)
{
    /// <summary>Messages shown after joining a room.</summary>
    private const int Recent = 10;

    /// <summary>Between two notifications of messages that are not meant for the user.</summary>
    private static readonly TimeSpan RingPause = TimeSpan.FromSeconds(10);

    private readonly UserOutput output = parts.Output;
    private readonly LineFormat format = printer.Format;
    private readonly HashSet<Conversation> known = [];
    private long rangAt;

    /// <summary>Rooms of the login that have not been joined yet.</summary>
    private readonly HashSet<Conversation> expected = [.. (parts.Client.Welcome?.Rooms ?? []).Select(Conversation.Room)];

    /// <summary>Runs until the session ends, and returns the reason.</summary>
    public async Task<ChatEvent.SessionEnded?> RunAsync(CancellationToken ct)
    {
        using var presence = new PresenceLines(parts, format);
        await foreach (var e in parts.Client.Events(ct))
        {
            if (e is ChatEvent.PresenceChanged p) See(p, presence);
            else if (e is ChatEvent.MessageArrived or ChatEvent.SessionEnded or ChatEvent.LeftRoom) presence.Show();
            if (e is ChatEvent.SessionEnded end) return end;
            if (e is ChatEvent.JoinedRoom joined) await JoinedAsync(joined, ct);
            else Show(e);
        }
        return null;
    }

    private void See(ChatEvent.PresenceChanged p, PresenceLines presence)
    {
        parts.Conversations.Saw(p.Joined);
        presence.Add(p);
    }

    private void Show(ChatEvent e)
    {
        var texts = output.Texts;
        switch (e)
        {
            case ChatEvent.MessageArrived m:
                if (!m.IsOwn) Announce(m);
                printer.Print(m.Conversation, m.Message);
                break;
            case ChatEvent.MessageChanged c:
                parts.Shown.Apply(c.Conversation, c.Change);
                // otherwise the command's reply says it
                if (!c.DuringCommand && format.Change(c.Conversation, c.Change) is { } change) output.Note(change.Head, change.Text);
                break;
            case ChatEvent.MessageRefreshed now:
                parts.Shown.Replace(now.Conversation, now.Message);
                var (head, text) = format.Refreshed(now.Conversation, now.Message);
                output.Note(head, text);
                break;
            case ChatEvent.LeftRoom l:
                known.Remove(Conversation.Room(l.Room));
                parts.Shown.Leave(Conversation.Room(l.Room));
                if (l.Reason is not null || !l.DuringCommand) output.Note(RefusalTexts.SayLeft(texts, l));
                if (!l.DuringCommand && parts.Conversations.Active is null) output.Note(texts.ChooseRoom);
                break;
            case ChatEvent.NoticeArrived n:
                output.Screen.Print(n.Room is null ? "* " : $"* {Clean(n.Room)}: ", Block(n.Text));
                break;
            case ChatEvent.RefusalArrived r:
                output.Refuse(RefusalTexts.Say(texts, r.Refusal));
                break;
            default:
                Follow(e);
                if (State(e) is { } line) output.Note(line);
                break;
        }
    }

    /// <summary>Rings for what is meant for the user; for other messages, if the user wants it, but not for each of a flood.</summary>
    private void Announce(ChatEvent.MessageArrived m)
    {
        var level = parts.Settings.LevelOf(m.Conversation);
        if (level is NotifyLevel.None) return;
        if (!m.Conversation.IsDirect && !format.MentionsMe(m.Message))
        {
            if (level is not NotifyLevel.All || (rangAt > 0 && Stopwatch.GetElapsedTime(rangAt) < RingPause)) return;
            rangAt = Stopwatch.GetTimestamp();
        }
        output.Screen.Notify(parts.Settings.Notify, $"{m.Message.From} {(m.Conversation.IsDirect ? "" : m.Conversation)}".TrimEnd(),
            m.Message.Text);
    }

    private void Follow(ChatEvent e)
    {
        if (e is ChatEvent.ConnectionLost) pendingLines.Begin();
        else if (e is ChatEvent.Reconnecting next) pendingLines.Next(next.Delay);
        else if (e is ChatEvent.Reconnected) pendingLines.End();
        else if (e is ChatEvent.ConversationReset reset) parts.Shown.Forget(reset.Conversation);
    }

    private string? State(ChatEvent e) => e switch
    {
        ChatEvent.Missed m => output.Texts.Missed(Clean(m.Conversation.ToString()), m.Count),
        ChatEvent.ConversationReset r => output.Texts.ConversationReset(Clean(r.Conversation.ToString())),
        ChatEvent.Unobtainable u =>
            output.Texts.Unobtainable(Clean(u.Conversation.ToString()), u.Last, RefusalTexts.Say(output.Texts, u.Refusal)),
        ChatEvent.Skipped s => output.Texts.Skipped(s.Count),
        ChatEvent.ConnectionLost c => output.Texts.ConnectionLost(RefusalTexts.SayLost(output.Texts, c)),
        ChatEvent.Reconnected => output.Texts.Reconnected,
        _ => null,
    };

    /// <summary>Shows members and recent messages, once for each room. After a reconnection the missed messages follow instead.</summary>
    private async Task JoinedAsync(ChatEvent.JoinedRoom joined, CancellationToken ct)
    {
        var room = Conversation.Room(joined.Room);
        var isOfLogin = expected.Remove(room);
        if (!known.Add(room)) return;
        if (joined.DuringCommand && !isOfLogin) await outgoing.Replied; // it names the room
        else output.Note(output.Texts.InRoom(Clean(joined.Room)));
        var members = await parts.Client.MembersAsync(joined.Room, ct: ct);
        if (members.Value is { Entries.Count: > 0 } page)
        {
            parts.Conversations.Saw(page.Entries.Select(m => m.User));
            output.Note(output.Texts.Members(format.Names([.. page.Entries.Select(m => m.User)], page.More)));
        }
        if (!output.Screen.IsInteractive || joined.Last <= parts.Shown.Last(room)) return;
        var history = await parts.Client.HistoryAsync(room, before: joined.Last + 1, limit: Recent, ct: ct);
        ShowRecent(room, [.. (history.Value?.Messages ?? []).Where(m => m.Seq > parts.Shown.Last(room))], isOfLogin);
    }

    /// <summary>With a line above the first message that an account has not read.</summary>
    private void ShowRecent(Conversation room, IReadOnlyList<DaemonFrame.Message> messages, bool isOfLogin)
    {
        var read = isOfLogin ? ReadBefore(room) : null;
        foreach (var message in messages)
        {
            if (read < message.Seq)
            {
                var more = message.Seq - read.Value - 1;
                output.Note(more > 0 ? output.Texts.NewMessagesAndMore(more) : output.Texts.NewMessages);
                read = null;
            }
            printer.Print(room, message);
        }
    }

    /// <summary>The last message before the unread ones. Those that the daemon no longer has do not count.</summary>
    private long? ReadBefore(Conversation room) => parts.Client.Welcome is { IsGuest: false, Unread: { } unread }
        && unread.FirstOrDefault(u => Conversation.Room(u.Room).Equals(room)) is { } mark ? Math.Max(mark.Read, mark.First - 1) : null;
}
