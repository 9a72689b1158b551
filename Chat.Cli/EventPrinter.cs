using Chat.Client;
using static Chat.Cli.LineFormat;

namespace Chat.Cli;

/// <summary>What arrives becomes lines for people.</summary>
internal sealed class EventPrinter(ChatClient client, Places places, Voice voice, Outage outage, InputLoop input)
{
    /// <summary>Messages shown of a room that was just joined.</summary>
    private const int Recent = 10;

    private readonly LineFormat format = new(places, voice);
    private readonly HashSet<Conversation> known = [];

    /// <summary>The last <c>seq</c> on the screen.</summary>
    private readonly Dictionary<Conversation, long> shown = [];

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
        var texts = voice.Texts;
        switch (e)
        {
            case ChatEvent.MessageArrived m:
                Say(m.Conversation, m.Message);
                break;
            case ChatEvent.PresenceChanged p:
                places.Saw(p.Joined);
                if (format.Others(p.Joined) is { Count: > 0 } came) voice.Note(texts.Arrived(format.Names(came), Clean(p.Room)));
                if (format.Others(p.Left) is { Count: > 0 } went) voice.Note(texts.Departed(format.Names(went), Clean(p.Room)));
                break;
            case ChatEvent.LeftRoom l:
                known.Remove(Conversation.Room(l.Room));
                if (l.Reason is not null) voice.Note(texts.KickedFromRoom(Clean(l.Room), Clean(l.Reason)));
                else if (!l.DuringCommand) voice.Note(texts.LeftRoom(Clean(l.Room)));
                if (!l.DuringCommand && places.Active is null) voice.Note(texts.ChooseRoom);
                break;
            case ChatEvent.NoticeArrived n:
                voice.Screen.Print(n.Room is null ? "* " : $"* {Clean(n.Room)}: ", Block(n.Text));
                break;
            case ChatEvent.RefusalArrived r:
                voice.Refuse(RefusalWords.Say(texts, r.Refusal));
                break;
            default:
                Follow(e);
                if (State(e) is { } line) voice.Note(line);
                break;
        }
    }

    private void Follow(ChatEvent e)
    {
        if (e is ChatEvent.ConnectionLost) outage.Begin();
        else if (e is ChatEvent.Reconnecting next) outage.Next(next.Delay);
        else if (e is ChatEvent.Reconnected) outage.End();
        else if (e is ChatEvent.ConversationReset reset) shown.Remove(reset.Conversation);
    }

    private string? State(ChatEvent e) => e switch
    {
        ChatEvent.Missed m => voice.Texts.Missed(Clean(m.Conversation.ToString()), m.Count),
        ChatEvent.ConversationReset r => voice.Texts.ConversationReset(Clean(r.Conversation.ToString())),
        ChatEvent.Unobtainable u => voice.Texts.Unobtainable(Clean(u.Conversation.ToString()), u.Last, RefusalWords.Say(voice.Texts, u.Refusal)),
        ChatEvent.Skipped s => voice.Texts.Skipped(s.Count),
        ChatEvent.ConnectionLost c => voice.Texts.ConnectionLost(Clean(c.Reason)),
        ChatEvent.Reconnected => voice.Texts.Reconnected,
        _ => null,
    };

    /// <summary>The first time: who is here, and what was said last. After a reconnection nothing: what was missed follows.</summary>
    private async Task JoinedAsync(ChatEvent.JoinedRoom joined, CancellationToken ct)
    {
        var room = Conversation.Room(joined.Room);
        var isOfLogin = expected.Remove(room);
        if (!known.Add(room)) return;
        if (joined.DuringCommand && !isOfLogin) await input.Replied; // it says where one is
        else voice.Note(voice.Texts.InRoom(Clean(joined.Room)));
        var members = await client.MembersAsync(joined.Room, ct: ct);
        if (members.Value is { Entries.Count: > 0 } page)
        {
            places.Saw(page.Entries.Select(m => m.User));
            voice.Note(voice.Texts.Members(format.Names([.. page.Entries.Select(m => m.User)], page.More)));
        }
        if (!voice.Screen.IsInteractive || joined.Last <= shown.GetValueOrDefault(room)) return;
        var history = await client.HistoryAsync(room, before: joined.Last + 1, limit: Recent, ct: ct);
        foreach (var message in history.Value?.Messages ?? [])
            if (message.Seq > shown.GetValueOrDefault(room)) Say(room, message);
    }

    private void Say(Conversation where, Protocol.DaemonFrame.Message message)
    {
        shown[where] = message.Seq;
        places.Saw(message.From);
        voice.Screen.Print(format.Head(where, message), format.Body(message));
    }
}
