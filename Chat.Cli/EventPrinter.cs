using Chat.Client;
using static Chat.Cli.LineFormat;

namespace Chat.Cli;

/// <summary>Prints events as lines of text.</summary>
internal sealed class EventPrinter(ChatClient client, OpenConversations conversations, UserOutput output, PendingLines pendingLines,
    InputLoop input)
{
    /// <summary>Messages shown after joining a room.</summary>
    private const int Recent = 10;

    private readonly LineFormat format = new(conversations, output);
    private readonly HashSet<Conversation> known = [];

    /// <summary>The last <c>seq</c> on the screen.</summary>
    private readonly Dictionary<Conversation, long> shown = [];

    /// <summary>Rooms of the login that have not been joined yet.</summary>
    private readonly HashSet<Conversation> expected = [.. (client.Welcome?.Rooms ?? []).Select(Conversation.Room)];

    /// <summary>Runs until the session ends, and returns the reason.</summary>
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
        var texts = output.Texts;
        switch (e)
        {
            case ChatEvent.MessageArrived m:
                Say(m.Conversation, m.Message);
                break;
            case ChatEvent.MessageChanged { DuringCommand: true }:
                break; // the command's reply says it
            case ChatEvent.MessageChanged c:
                if (format.Change(c.Conversation, c.Change) is { } change) output.Note(change.Head, change.Text);
                break;
            case ChatEvent.MessageRefreshed now:
                var (head, text) = format.Refreshed(now.Conversation, now.Message);
                output.Note(head, text);
                break;
            case ChatEvent.PresenceChanged p:
                conversations.Saw(p.Joined);
                if (format.Others(p.Joined) is { Count: > 0 } came) output.Note(texts.Arrived(format.Names(came), Clean(p.Room)));
                if (format.Others(p.Left) is { Count: > 0 } went) output.Note(texts.Departed(format.Names(went), Clean(p.Room)));
                break;
            case ChatEvent.LeftRoom l:
                known.Remove(Conversation.Room(l.Room));
                if (l.Reason is not null || !l.DuringCommand) output.Note(RefusalTexts.SayLeft(texts, l));
                if (!l.DuringCommand && conversations.Active is null) output.Note(texts.ChooseRoom);
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

    private void Follow(ChatEvent e)
    {
        if (e is ChatEvent.ConnectionLost) pendingLines.Begin();
        else if (e is ChatEvent.Reconnecting next) pendingLines.Next(next.Delay);
        else if (e is ChatEvent.Reconnected) pendingLines.End();
        else if (e is ChatEvent.ConversationReset reset) shown.Remove(reset.Conversation);
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
        if (joined.DuringCommand && !isOfLogin) await input.Replied; // it names the room
        else output.Note(output.Texts.InRoom(Clean(joined.Room)));
        var members = await client.MembersAsync(joined.Room, ct: ct);
        if (members.Value is { Entries.Count: > 0 } page)
        {
            conversations.Saw(page.Entries.Select(m => m.User));
            output.Note(output.Texts.Members(format.Names([.. page.Entries.Select(m => m.User)], page.More)));
        }
        if (!output.Screen.IsInteractive || joined.Last <= shown.GetValueOrDefault(room)) return;
        var history = await client.HistoryAsync(room, before: joined.Last + 1, limit: Recent, ct: ct);
        foreach (var message in history.Value?.Messages ?? [])
            if (message.Seq > shown.GetValueOrDefault(room)) Say(room, message);
    }

    private void Say(Conversation where, Protocol.DaemonFrame.Message message)
    {
        shown[where] = message.Seq;
        conversations.Saw(message.From);
        output.Screen.Print(format.Head(where, message), format.Body(message));
    }
}
