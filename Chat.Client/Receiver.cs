using Chat.Protocol;

namespace Chat.Client;

/// <summary>The loop that reads a connection. It waits for space in the event queue only while no caller awaits an answer.</summary>
internal static class Receiver
{
    /// <summary>Runs until the connection is over. Returns the daemon's <c>bye</c>, or null without one.</summary>
    public static async Task<DaemonFrame.Bye?> RunAsync(Session session, Connection connection, ChatClientOptions options)
    {
        var pulse = new KeepAlive(session, connection, options);
        await using var ending = pulse.ConfigureAwait(false);
        while (true)
        {
            pulse.Waits();
            var frame = await connection.ReadAsync(session.Closing).ConfigureAwait(false);
            pulse.Heard();
            if (frame is null) return null;
            if (frame is DaemonFrame.Bye bye) return bye;
            await TakeUpAsync(session, frame).ConfigureAwait(false);
        }
    }

    private static async ValueTask TakeUpAsync(Session session, DaemonFrame frame)
    {
        switch (frame)
        {
            case DaemonFrame.Message message:
                if (message.Id is not null) session.Outbound.Echo(message);
                await session.Inbox.LiveAsync(message).ConfigureAwait(false);
                return;
            case DaemonFrame.Change change:
                if (change.Id is not null) session.Outbound.Echo(change);
                await session.Inbox.ChangedAsync(change, IsDuringCommand(session, change)).ConfigureAwait(false);
                return;
            case DaemonFrame.Error error when session.Outbound.Refuse(error):
                return;
            case DaemonFrame.Reply reply when session.Outbound.Drop(reply):
                return;
            case DaemonFrame.Joined joined:
                var isAsked = IsDuringCommand(session, joined);
                if (await session.Inbox.JoinedAsync(joined, session.Asked(joined), isAsked).ConfigureAwait(false))
                    session.JoinAgain(joined.Room, 0);
                else session.RoomChanged?.Invoke(new RoomChange(joined.Room, IsIn: true, isAsked));
                break;
            case DaemonFrame.History page:
                session.Take(page);
                break;
            case DaemonFrame.CommandsChanged:
                session.CommandsChanged?.Invoke();
                break;
            case DaemonFrame.Typing typing:
                session.Typing.Told(typing);
                return;
            case DaemonFrame.Left left:
                session.Inbox.Forget(Conversation.Room(left.Room));
                session.Typing.Forget(Conversation.Room(left.Room));
                session.RoomChanged?.Invoke(new RoomChange(left.Room, IsIn: false, IsAsked: left.Reason is null
                    && IsDuringCommand(session, left)));
                break;
        }
        if (session.TryAnswer(frame) && frame is not DaemonFrame.Left) return;
        if (ToEvent(session, frame) is { } e) await session.Events.PostOrSkipAsync(e, session.Closing).ConfigureAwait(false);
    }

    /// <summary>Null for answers that nobody awaits, and for frames that the inbox has handled.</summary>
    private static ChatEvent? ToEvent(Session session, DaemonFrame frame) => frame switch
    {
        DaemonFrame.Presence p => new ChatEvent.PresenceChanged(p.Room, p.Arrived ?? [], p.Departed ?? []),
        DaemonFrame.Read { Room: { } room } r => new ChatEvent.ReadElsewhere(Conversation.Room(room), r.Seq),
        DaemonFrame.Read { With: { } with } r => new ChatEvent.ReadElsewhere(Conversation.With(with), r.Seq),
        DaemonFrame.Notice n => new ChatEvent.NoticeArrived(n.Text, n.Room),
        DaemonFrame.Reply r => new ChatEvent.NoticeArrived(r.Text, null),
        DaemonFrame.Left l => new ChatEvent.LeftRoom(l.Room, l.Reason) { DuringCommand = IsDuringCommand(session, l) },
        DaemonFrame.Error e => new ChatEvent.RefusalArrived(Refusal.From(e), e.Room),
        _ => null,
    };

    /// <summary>The effects of a command arrive before its reply.</summary>
    private static bool IsDuringCommand(Session session, DaemonFrame frame) => frame.Id is null && session.RunsCommand;
}
