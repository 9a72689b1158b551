using System.Buffers;
using System.Text;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>For programs: prints frames, each message once and in order; reads frames or lines of text.</summary>
internal sealed class JsonDialogue(LoggedIn loggedIn, CliTexts texts, IScreen screen) : IDialogue
{
    /// <summary>Unanswered lines before the loop stops reading.</summary>
    private const int MaxPending = 500;

    private readonly ChatClient client = loggedIn.Client;
    private readonly Queue<Task> answering = new();

    public bool HasFailed { get; private set; }

    public async Task<ChatEvent.SessionEnded?> ShowAsync(CancellationToken ct)
    {
        Print(loggedIn.Welcome with { Token = "", Id = null }); // a secret
        await foreach (var e in client.Events(ct))
        {
            if (e is ChatEvent.SessionEnded end) return end;
            if (ToFrame(e) is { } frame) Print(frame);
        }
        return null;
    }

    public async Task<bool> TakeAsync(CancellationToken over, CancellationToken ct)
    {
        await screen.DiscardTypedAheadAsync(over);
        while (await screen.ReadLineAsync(() => "", "", over) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var frame = Parse(line);
            // A command runs after the lines before it.
            if (frame is not ClientFrame.Message { Text: [not '/', ..] or "" or ['/', '/', ..] }) await SettleAsync();
            if (frame is ClientFrame.Logout) break;
            if (frame is not null) answering.Enqueue(AnswerAsync(frame, ct));
            while (answering.Count >= MaxPending || (answering.Count > 0 && answering.Peek().IsCompleted)) await answering.Dequeue();
        }
        await SettleAsync();
        return true;
    }

    public async Task SettleAsync()
    {
        while (answering.TryDequeue(out var earlier)) await earlier;
    }

    public void SayEnd(ChatEvent.SessionEnded end) => Print(new DaemonFrame.Bye(end.Reason));

    public void Dispose()
    {
    }

    private static DaemonFrame? ToFrame(ChatEvent e) => e switch
    {
        ChatEvent.MessageArrived m => m.Message with { Id = null },
        ChatEvent.MessageChanged c => c.Change,
        ChatEvent.MessageRefreshed { Message: var m, Conversation: var of } => new DaemonFrame.Changes([m], m.Rev ?? 0, false, "",
            of.IsDirect ? null : of.Name, of.IsDirect ? of.Name : null),
        ChatEvent.TypingChanged { Conversation: var of } t => new DaemonFrame.Typing(
            t.Users, of.IsDirect ? null : of.Name, of.IsDirect ? of.Name : null),
        ChatEvent.ReadElsewhere { Conversation: var of } r => new DaemonFrame.Read(
            r.Seq, of.IsDirect ? null : of.Name, of.IsDirect ? of.Name : null),
        ChatEvent.PresenceChanged p => new DaemonFrame.Presence(p.Room, p.Joined, p.Left),
        ChatEvent.NoticeArrived n => new DaemonFrame.Notice(n.Text, n.Room),
        ChatEvent.JoinedRoom j => new DaemonFrame.Joined(j.Room, j.Last, j.First, [], false),
        ChatEvent.LeftRoom l => new DaemonFrame.Left(l.Room, l.Reason),
        ChatEvent.RefusalArrived r => Error(r.Refusal) with { Room = r.Room },
        _ => null,
    };

    /// <summary>Null for an invalid frame, after printing the error.</summary>
    private ClientFrame? Parse(string line)
    {
        if (!line.StartsWith('{')) return new ClientFrame.Message(line, client.Welcome!.Rooms is [var first, ..] ? first : "");
        var read = FrameReader.ReadClient(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)));
        if (read.Frame is null) Refuse(new DaemonFrame.Error(read.Code!, texts.BadJson(read.Reason!)) { Id = read.Id });
        return read.Frame;
    }

    private async Task AnswerAsync(ClientFrame frame, CancellationToken ct)
    {
        if (frame is ClientFrame.Typing typing)
        {
            await client.TypingAsync(Place(typing.Room, typing.With), ct);
            return;
        }
        var answer = frame switch
        {
            ClientFrame.Message { Text: ['/', not '/', ..] } m => Of(await client.RunAsync(Place(m.Room, m.To), m.Text, ct)),
            ClientFrame.Message m => Of(await client.SendAsync(
                Place(m.Room, m.To), m.Text.StartsWith('/') ? m.Text[1..] : m.Text, m.ReplyTo, ct)),
            ClientFrame.Edit e => Of(await client.EditAsync(Place(e.Room, e.With), e.Seq, e.Text, ct)),
            ClientFrame.Delete d => Of(await client.DeleteAsync(Place(d.Room, d.With), d.Seq, ct)),
            ClientFrame.React r => Of(await client.ReactAsync(Place(r.Room, r.With), r.Seq, r.Emoji, r.Remove is true, ct)),
            ClientFrame.Read r => Of(await client.ReadAsync(Place(r.Room, r.With), r.Seq, ct)),
            ClientFrame.Search s => Of(await client.SearchAsync(
                s.Text, s.Room is null && s.With is null ? null : Place(s.Room, s.With), s.From, s.Before, (int?)s.Limit, ct)),
            ClientFrame.Mentions m => Of(await client.MentionsAsync(m.Before, (int?)m.Limit, ct)),
            ClientFrame.Command c => Of(await client.RunAsync(c.Name, c.Args, c.Room, ct)),
            ClientFrame.Join j => Of(await client.JoinAsync(j.Room, j.After, j.Rev, null, ct)),
            ClientFrame.Leave l => Of(await client.LeaveAsync(l.Room, ct)),
            ClientFrame.History h => Of(await client.HistoryAsync(
                Place(h.Room, h.With), h.After, h.Before, (int?)h.Limit, h.RepliesTo, ct)),
            ClientFrame.Changes c => Of(await client.ChangesAsync(Place(c.Room, c.With), c.Rev, (int?)c.Limit, ct)),
            ClientFrame.Members m => Of(await client.MembersAsync(m.Room, m.After, ct)),
            ClientFrame.Commands => Of(await client.CommandsAsync(ct)),
            ClientFrame.Complete c => Of(await client.CompleteAsync(c.Text, (int?)c.Cursor, c.Room, ct)),
            ClientFrame.Ping => new DaemonFrame.Pong(),
            _ => new DaemonFrame.Error(RefusalCode.AlreadyLoggedIn, "This client is already logged in."),
        };
        if (answer is DaemonFrame.Error error) Refuse(error with { Id = frame.Id });
        else if (frame.Id is not null || !IsAlsoAnEvent(answer)) Print(answer with { Id = frame.Id });
    }

    private static bool IsAlsoAnEvent(DaemonFrame answer) => answer is DaemonFrame.Message or DaemonFrame.Change { Rev: not null };

    private static Conversation Place(string? room, string? user) =>
        room is not null ? Conversation.Room(room) : Conversation.With(user!);

    /// <summary>The daemon's answer as a frame.</summary>
    private static DaemonFrame Of<T>(Answer<T> answer) where T : DaemonFrame =>
        !answer.IsRefused ? answer.Value
        : answer.Refusal.Code == ClientCode.Dropped ? new DaemonFrame.Reply(answer.Refusal.Text)
        : Error(answer.Refusal);

    private static DaemonFrame.Error Error(Refusal refusal) =>
        new(refusal.Code, refusal.Text, null, (long?)refusal.RetryAfter?.TotalMilliseconds);

    private void Refuse(DaemonFrame.Error error)
    {
        HasFailed = true;
        Print(error);
    }

    private void Print(DaemonFrame frame) => screen.Print(FrameText.Of(frame));
}
