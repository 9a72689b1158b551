using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Commands;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Serves one connection from its first byte to its last. It alone reads the connection, and handles its frames in order. For a plain
/// message it only begins the append. Before any other frame it waits until all messages it began have been delivered.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "RunAsync disposes of the timer.")]
internal sealed class SessionLoop(Connection connection, RequestHandlers handlers, SessionReports reports, TimeProvider time)
{
    private readonly ProtocolErrorWindow protocolErrors = new(time);
    private readonly FramePace pace = new(connection, handlers.Options, time);
    private SessionTexts texts = SessionTexts.For(null, handlers.Options.Current.Language);
    private Attachment? attachment;
    private ITimer? loginTimer;
    private bool hasBegun;

    /// <summary>Bytes of a frame without an end that are not paid yet, because they are fewer than a unit buys.</summary>
    private long skipped;

    /// <summary>Returns when the connection is closed. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            pace.Pay(PriceTable.Connection);
            connection.Outbox.Reply(handlers.Hello());
            var loginTime = TimeSpan.FromSeconds(handlers.Options.Current.Limits.LoginSeconds);
            loginTimer = time.CreateTimer(
                static c => ((Connection)c!).End(ByeReason.LoginTimeout), connection, loginTime, Timeout.InfiniteTimeSpan);
            using var probe = new HalfCloseProbe(connection, Probe, time);
            await ReadAsync();
        }
        catch (OperationCanceledException) when (connection.Ending.IsCancellationRequested)
        {
            // Somebody ended the connection: EndAsync finishes what was begun.
        }
        catch (IOException e)
        {
            reports.Lost(connection, attachment?.Session.Id, e);
        }
        catch (Exception e)
        {
            reports.Failed(connection, attachment?.Session.Id, e);
        }
        finally
        {
            if (loginTimer is not null) await loginTimer.DisposeAsync();
        }
        await EndAsync();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            connection.IsWaiting = true;
            var read = await connection.Input.ReadAsync(connection.Ending);
            connection.IsWaiting = false;
            var buffer = read.Buffer;
            try
            {
                FrameStatus status;
                var unread = buffer;
                while ((status = connection.Framing.TryRead(ref buffer, out var frame)) != FrameStatus.None)
                {
                    if (status == FrameStatus.Closed) return;
                    CheckFirst(frame, unread);
                    await HandleAsync(status, frame, unread.Length - buffer.Length);
                    unread = buffer;
                }
                await SkipAsync(unread.Length - buffer.Length);
                if (!read.IsCompleted) continue;
                if ((status = connection.Framing.ReadLast(buffer, out var last)) == FrameStatus.None) return;
                CheckFirst(last, buffer);
                await HandleAsync(status, last, last.Length);
                return;
            }
            finally
            {
                connection.Input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    /// <summary>Ends a connection of lines that begins with an HTTP request, before it reads the request's body.</summary>
    /// <param name="line">Empty if the line was too long to keep.</param>
    /// <param name="unread">What the line was read from.</param>
    private void CheckFirst(in ReadOnlySequence<byte> line, in ReadOnlySequence<byte> unread)
    {
        if (hasBegun || connection.Framing is not LineFraming) return;
        hasBegun = true;
        if (!(line.IsEmpty ? HttpRequestLine.Is(unread, isCut: true) : HttpRequestLine.Is(line, isCut: false))) return;
        reports.LineRefused(connection, null, ByeReason.TooManyErrors, "It is an HTTP request.");
        connection.End(ByeReason.TooManyErrors);
    }

    /// <summary>A frame without an end costs what the frames cost that it is as long as.</summary>
    private ValueTask SkipAsync(long bytes)
    {
        if (bytes == 0) return default;
        var price = PriceTable.OfReceived(skipped += bytes);
        if (price == 0) return default;
        skipped -= PriceTable.ReceivedBytes(price);
        pace.Pay(price);
        return pace.WaitAsync();
    }

    /// <summary>Any frame may be answered, so none is handled while earlier answers fill the outbox.</summary>
    /// <param name="received">Bytes, with those around the frame.</param>
    private async ValueTask HandleAsync(FrameStatus status, ReadOnlySequence<byte> bytes, long received)
    {
        await pace.WaitAsync();
        if (connection.Outbox.IsOverHalf) await connection.Outbox.WhenBelowHalf().WaitAsync(connection.Ending);
        connection.Ending.ThrowIfCancellationRequested();
        if (status is FrameStatus.Ping or FrameStatus.Pong or FrameStatus.Fragment)
        {
            pace.Pay(PriceTable.TransportFrame + PriceTable.OfReceived(received));
            if (status == FrameStatus.Ping) connection.Outbox.Control(WebSocketWriter.Control(WebSocketOpcode.Pong, bytes.FirstSpan));
            return;
        }
        var result = status switch
        {
            FrameStatus.TooLong => new(null, RefusalCode.FrameTooLong, null, null),
            FrameStatus.Binary => new(null, RefusalCode.BadFrame, "A frame is a text message, not a binary one.", null),
            _ => FrameReader.ReadClient(bytes),
        };
        pace.Pay((result.Frame is null ? PriceTable.BadLine : PriceTable.Of(result.Frame)) + PriceTable.OfReceived(received));
        await (result.Frame is { } frame ? HandleAsync(frame) : RefuseLineAsync(result.Code!, result.Reason, result.Id));
    }

    /// <summary>Answers a line that is not a frame. An unknown type without an id is ignored: a later protocol may define it.</summary>
    private async ValueTask RefuseLineAsync(string code, string? reason, string? id)
    {
        if (code == RefusalCode.UnknownType && id is null) return;
        if (attachment is not null) await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var detail = code == RefusalCode.BadFrame ? $"{texts.Of(code)} {reason}" : null;
        Reply(new Refusal(code, Detail: detail).ToFrame(id, texts));
        reports.LineRefused(connection, attachment?.Session.Id, code, reason ?? "");
        if (code != RefusalCode.UnknownType && protocolErrors.IsExceeded()) connection.End(ByeReason.TooManyErrors);
    }

    private async ValueTask HandleAsync(ClientFrame frame)
    {
        if (Turn.IsOnThread && !FrameTable.IsQuick(frame)) await Task.Yield();
        if (attachment is { Session.Appends.IsEmpty: false } && !FrameTable.MayOvertake(frame))
            await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var answered = connection.Outbox.AnsweredBytes;
        var refusal = FrameTable.RefusalFor(frame, attachment is not null) is { } code ? new Refusal(code) : await DispatchAsync(frame);
        // The echoes of earlier messages arrive at any time, so a message does not pay for what was answered meanwhile.
        if (!FrameTable.MayOvertake(frame)) pace.Pay(PriceTable.OfAnswered(connection.Outbox.AnsweredBytes - answered));
        if (refusal is null || (attachment is not null && !FrameTable.IsAnswered(frame))) return;
        pace.Pay(PriceTable.Refusal);
        reports.FrameRefused(connection, attachment?.Session.Id, frame, RefusalLabel.Of(refusal.Code));
        Reply(refusal.ToFrame(frame.Id, texts));
    }

    /// <returns>Null if the frame was handled.</returns>
    private async ValueTask<Refusal?> DispatchAsync(ClientFrame frame)
    {
        try
        {
            return frame switch
            {
                ClientFrame.Message f when SlashCommand.Is(f.Text) => await handlers.Commands.RunLineAsync(attachment!, f),
                ClientFrame.Message f => await PostAsync(f),
                ClientFrame.Edit f => await handlers.Changes.EditAsync(attachment!, f),
                ClientFrame.Delete f => await handlers.Changes.DeleteAsync(attachment!, f),
                ClientFrame.React f => await handlers.Changes.ReactAsync(attachment!, f),
                ClientFrame.Changes f => await handlers.History.ReadChangesAsync(attachment!, f),
                ClientFrame.Read f => await handlers.Reading.ReadAsync(attachment!, f),
                ClientFrame.Typing f => await handlers.Typing.TypeAsync(attachment!, f),
                ClientFrame.Search f => await handlers.Search.AnswerAsync(attachment!, f),
                ClientFrame.Mentions f => await handlers.Mentions.AnswerAsync(attachment!, f),
                ClientFrame.Command f => await handlers.Commands.RunFrameAsync(attachment!, f),
                ClientFrame.Commands => handlers.Completion.List(attachment!, frame.Id),
                ClientFrame.Complete f => await handlers.Completion.CompleteAsync(attachment!, f),
                ClientFrame.Login f => await LoginAsync(f),
                ClientFrame.Register f => await RegisterAsync(f),
                ClientFrame.Join f => await handlers.Rooms.JoinAsync(attachment!, f),
                ClientFrame.Leave f => await handlers.Rooms.LeaveAsync(attachment!, f),
                ClientFrame.Members f => await handlers.Members.ListAsync(attachment!, f),
                ClientFrame.History f => await handlers.History.ReadAsync(attachment!, f),
                ClientFrame.Ping => Reply(new DaemonFrame.Pong { Id = frame.Id }),
                ClientFrame.Logout => await LogoutAsync(frame.Id),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception e) when (Refusal.OfStorage(e, isMessage: FrameTable.MayOvertake(frame)) is Refusal refusal)
        {
            reports.StorageFailed(connection, frame, e);
            return refusal;
        }
    }

    private ValueTask<Refusal?> PostAsync(ClientFrame.Message frame)
    {
        if (handlers.Options.Current.Logging.MessageBodies)
            reports.MessageReceived(attachment!.Session.Id, frame);
        return handlers.Messages.PostAsync(attachment!, frame);
    }

    private async ValueTask<Refusal?> LoginAsync(ClientFrame.Login frame)
    {
        texts = SessionTexts.For(frame.Lang, handlers.Options.Current.Language);
        if (!RoomRequests.TryParseNames(frame, out var names, out var refusal)) return refusal;
        var outcome = await (frame is { Token: null, Cookie: not null }
            ? handlers.PageAuthentication.LoginAsync(frame, connection)
            : handlers.Authentication.LoginAsync(frame, connection));
        return outcome.Refusal ?? await WelcomeAsync(outcome, names, frame);
    }

    private async ValueTask<Refusal?> RegisterAsync(ClientFrame.Register frame)
    {
        texts = SessionTexts.For(frame.Lang, handlers.Options.Current.Language);
        var outcome = await handlers.Authentication.RegisterAsync(frame, texts, connection);
        return outcome.Refusal ?? await WelcomeAsync(outcome, [], frame);
    }

    private async ValueTask<Refusal?> WelcomeAsync(LoginOutcome outcome, IReadOnlyList<RoomName>? asked, ClientFrame frame)
    {
        attachment = outcome.Attachment!;
        pace.Continue(attachment.Session.Budget);
        texts = attachment.Texts;
        loginTimer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        reports.LoggedIn(connection, attachment.Session);
        IReadOnlyList<RoomName> rooms;
        try
        {
            rooms = await handlers.UserSubscriptions.WelcomeAsync(
                attachment, outcome.Token, asked, handlers.Options.Current.DefaultRoom, frame.Id);
            if (asked is null) pace.Pay(PriceTable.OfListed(rooms.Count));
        }
        catch (Exception e) when (Refusal.OfStorage(e) is not null)
        {
            connection.End(ByeReason.Unavailable); // without a welcome, the client cannot tell that it is logged in
            throw;
        }
        foreach (var name in rooms)
            if (await JoinAsync(attachment, frame, name) is { } refused) Reply(refused.ToFrame(null, texts));
        return null;
    }

    /// <summary>Joins one of the rooms of a login. A failure concerns that room alone.</summary>
    private async ValueTask<Refusal?> JoinAsync(Attachment subscriber, ClientFrame login, RoomName name)
    {
        try
        {
            return await handlers.Rooms.JoinAsync(subscriber, name, default, null);
        }
        catch (Exception e) when (Refusal.OfStorage(e, name.Text) is Refusal refusal)
        {
            reports.StorageFailed(connection, login, e);
            return refusal;
        }
    }

    private async ValueTask<Refusal?> LogoutAsync(string? id)
    {
        if (attachment is not null) await handlers.SessionDirectory.EndAsync(attachment.Session);
        connection.End(ByeReason.Logout, id);
        return null;
    }

    /// <summary>A frame that may come at any time and changes nothing: nobody joined, nobody left.</summary>
    private DaemonFrame.Presence? Probe() =>
        attachment?.Rooms is [var membership, ..] ? new DaemonFrame.Presence(membership.Room.Name.Text) : null;

    private Refusal? Reply(DaemonFrame frame)
    {
        connection.Outbox.Reply(frame);
        return null;
    }

    /// <summary>Waits for the appends in flight, leaves the rooms, detaches the session, and closes the connection.</summary>
    private async Task EndAsync()
    {
        if (Turn.IsOnThread) await Task.Yield();
        if (attachment is not null)
        {
            await attachment.Session.Appends.WhenEmpty();
            attachment.LeaveAll();
            handlers.UserSubscriptions.Detach(attachment);
            handlers.SessionLifecycle.Detach(attachment);
            reports.SessionDetached();
        }
        reports.Ended(connection, attachment?.Session.Id);
        await connection.CloseAsync();
    }
}
