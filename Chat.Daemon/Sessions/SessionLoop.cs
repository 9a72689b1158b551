using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// The dialogue on one connection, from its first byte to its last. It alone reads the connection and takes up its frames, in order.
/// A plain message is only begun; before any other frame it waits until all that was begun is known to everybody.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The timer is disposed of where the loop ends.")]
internal sealed partial class SessionLoop(Connection connection, RequestHandlers desks, OptionsSource options, DaemonMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>UTF-16 length of a name up to which it is logged; a good one has at most 32 letters.</summary>
    private const int LoggedName = 64;

    private readonly LineReader lines = new(ProtocolLimits.ClientFrameBytes);
    private readonly ProtocolErrorWindow mistakes = new(time);
    private SessionTexts texts = SessionTexts.For(null, options.Current.Language);
    private Attachment? attachment;
    private ITimer? loginTimer;

    /// <summary>Serves the connection until it may be closed. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            connection.Outbox.Reply(desks.Hello());
            loginTimer = time.CreateTimer(static c => ((Connection)c!).End(ByeReason.LoginTimeout), connection, TimeSpan.FromSeconds(options.Current.Limits.LoginSeconds), Timeout.InfiniteTimeSpan);
            using var watch = new HalfCloseProbe(connection, Probe, time);
            await ReadAsync();
        }
        catch (OperationCanceledException) when (connection.Ending.IsCancellationRequested)
        {
            // Somebody ended the connection: what was begun is finished below.
        }
        catch (IOException e)
        {
            LogLost(logger, attachment?.Session.Id, e.Message);
        }
        catch (Exception e)
        {
            LogBug(logger, connection.Id, attachment?.Session.Id, e);
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
            var read = await connection.Input.ReadAsync(connection.Ending);
            var buffer = read.Buffer;
            try
            {
                LineStatus status;
                while ((status = lines.TryRead(ref buffer, out var line)) != LineStatus.None)
                    await TakeUpAsync(status, line);
                if (!read.IsCompleted) continue;
                if ((status = lines.ReadLast(buffer, out var last)) != LineStatus.None) await TakeUpAsync(status, last);
                return;
            }
            finally
            {
                connection.Input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    /// <summary>Any line may be answered, so none is taken up while the answers before it are not read.</summary>
    private async ValueTask TakeUpAsync(LineStatus status, ReadOnlySequence<byte> line)
    {
        if (connection.Outbox.IsOverHalf) await connection.Outbox.WhenBelowHalf().WaitAsync(connection.Ending);
        connection.Ending.ThrowIfCancellationRequested();
        var result = status == LineStatus.TooLong ? new(null, RefusalCode.FrameTooLong, null, null) : FrameReader.ReadClient(line);
        await (result.Frame is { } frame ? TakeUpAsync(frame) : RefuseLineAsync(result.Code!, result.Reason, result.Id));
    }

    /// <summary>Answers a line that is no frame. Without an id an unknown type is ignored: it may be of a later protocol.</summary>
    private async ValueTask RefuseLineAsync(string code, string? reason, string? id)
    {
        if (code == RefusalCode.UnknownType && id is null) return;
        if (attachment is not null) await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var detail = code == RefusalCode.BadFrame ? $"{texts.Of(code)} {reason}" : null;
        Reply(new Refusal(code, Detail: detail).ToFrame(id, texts));
        metrics.Refusals[code].Add();
        LogBadLine(logger, attachment?.Session.Id, code, reason ?? "");
        if (code != RefusalCode.UnknownType && mistakes.IsOneTooMany()) connection.End(ByeReason.TooManyErrors);
    }

    private async ValueTask TakeUpAsync(ClientFrame frame)
    {
        if (attachment is { Session.Appends.IsEmpty: false } && !FrameTable.MayOvertake(frame))
            await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var refusal = FrameTable.RefusalFor(frame, attachment is not null) is { } code ? new Refusal(code) : await DispatchAsync(frame);
        if (refusal is null) return;
        var label = RefusalLabel.Of(refusal.Code);
        metrics.Refusals[label].Add();
        if (frame is ClientFrame.Login { Token: null } or ClientFrame.Register) LogRefusedEntry(frame, label);
        else LogRefusal(logger, attachment?.Session.Id, label, frame.GetType().Name);
        Reply(refusal.ToFrame(frame.Id, texts));
    }

    /// <summary>Says who tried and from where: an operator, or a program that reads the log, may act on it. The name is the recipient's own words.</summary>
    private void LogRefusedEntry(ClientFrame frame, string code)
    {
        var user = (frame is ClientFrame.Login login ? login.User : ((ClientFrame.Register)frame).User) ?? "";
        LogRefusedLogin(logger, code, connection.Address, Printable.Escape(user.Length > LoggedName ? user[..LoggedName] + "…" : user));
    }

    /// <summary>Does what the frame asks; the refusal, where it is not done.</summary>
    private async ValueTask<Refusal?> DispatchAsync(ClientFrame frame)
    {
        try
        {
            return frame switch
            {
                ClientFrame.Message f when SlashCommand.Is(f.Text) => await desks.Commands.RunLineAsync(attachment!, f),
                ClientFrame.Message f => await PostAsync(f),
                ClientFrame.Command f => await desks.Commands.RunFrameAsync(attachment!, f),
                ClientFrame.Commands => desks.Commands.List(attachment!, frame.Id),
                ClientFrame.Complete f => await desks.Commands.CompleteAsync(attachment!, f),
                ClientFrame.Login f => await LoginAsync(f),
                ClientFrame.Register f => await RegisterAsync(f),
                ClientFrame.Join f => await desks.Rooms.JoinAsync(attachment!, f),
                ClientFrame.Leave f => desks.Rooms.Leave(attachment!, f),
                ClientFrame.Members f => RoomRequests.Members(attachment!, f),
                ClientFrame.History f => await desks.Messages.HistoryAsync(attachment!, f),
                ClientFrame.Ping => Reply(new DaemonFrame.Pong { Id = frame.Id }),
                ClientFrame.Logout => await LogoutAsync(frame.Id),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            LogStorage(logger, frame.GetType().Name, e);
            return new Refusal(Refusal.CodeOf(e, isMessage: FrameTable.MayOvertake(frame))!);
        }
    }

    private ValueTask<Refusal?> PostAsync(ClientFrame.Message frame)
    {
        if (options.Current.Logging.MessageBodies) LogBody(logger, attachment!.Session.Id, frame.Room ?? frame.To!, frame.Text);
        return desks.Messages.PostAsync(attachment!, frame);
    }

    private async ValueTask<Refusal?> LoginAsync(ClientFrame.Login frame)
    {
        texts = SessionTexts.For(frame.Lang, options.Current.Language);
        if (!desks.Rooms.TryParseNames(frame, out var names, out var refusal)) return refusal;
        var admission = await desks.Logins.AdmitAsync(frame, connection);
        return admission.Refusal ?? await WelcomeAsync(admission, names, frame.Id);
    }

    private async ValueTask<Refusal?> RegisterAsync(ClientFrame.Register frame)
    {
        texts = SessionTexts.For(frame.Lang, options.Current.Language);
        var admission = await desks.Logins.RegisterAsync(frame, connection);
        return admission.Refusal ?? await WelcomeAsync(admission, [], frame.Id);
    }

    private async ValueTask<Refusal?> WelcomeAsync(LoginOutcome admission, List<RoomName> rooms, string? id)
    {
        attachment = admission.Attachment!;
        texts = attachment.Texts;
        metrics.Sessions.Add();
        loginTimer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        LogLogin(logger, attachment.Session.Id, attachment.User.Name.Text, attachment.User.Roles[0]);
        try
        {
            await desks.Welcomes.WelcomeAsync(attachment, admission.Token!, rooms, id);
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            connection.End(ByeReason.Unavailable); // logged in without a welcome, the recipient could not even tell
            throw;
        }
        foreach (var name in rooms)
            if (await JoinAsync(attachment, name) is { } refused) Reply(refused.ToFrame(null, texts));
        return null;
    }

    /// <summary>One of the rooms of a login: what fails there concerns that room alone.</summary>
    private async ValueTask<Refusal?> JoinAsync(Attachment subscriber, RoomName name)
    {
        try
        {
            return await desks.Rooms.JoinAsync(subscriber, name, null, null);
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            LogStorage(logger, nameof(ClientFrame.Login), e);
            return new Refusal(Refusal.CodeOf(e)!, name.Text);
        }
    }

    private async ValueTask<Refusal?> LogoutAsync(string? id)
    {
        if (attachment is not null) await desks.Sessions.EndAsync(attachment.Session);
        connection.End(ByeReason.Logout, id);
        return null;
    }

    /// <summary>A frame that may come at any time, and says nothing: nobody came to one of its rooms, and nobody went.</summary>
    private DaemonFrame.Presence? Probe() => attachment?.Rooms is [var membership, ..] ? new DaemonFrame.Presence(membership.Room.Name.Text) : null;

    private Refusal? Reply(DaemonFrame frame)
    {
        connection.Outbox.Reply(frame);
        return null;
    }

    /// <summary>What was begun is finished; then the session has no connection, others hear that it left, and the recipient that the connection ends.</summary>
    private async Task EndAsync()
    {
        if (attachment is not null)
        {
            await attachment.Session.Appends.WhenEmpty();
            attachment.LeaveAll();
            desks.Welcomes.Detach(attachment);
            desks.Sessions.Detach(attachment);
            metrics.Sessions.Add(-1);
        }
        if (connection.EndReason == ByeReason.SlowConsumer) metrics.SlowConsumers.Add();
        LogEnd(logger, attachment?.Session.Id, connection.EndReason ?? "closed by the peer");
        await connection.CloseAsync();
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Login: session {Session}, user {User}, {Role}")]
    private static partial void LogLogin(ILogger logger, long session, string user, string role);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Session {Session}: refused {Code} to {Frame}")]
    private static partial void LogRefusal(ILogger logger, long? session, string code, string frame);

    [LoggerMessage(EventId = 209, Level = LogLevel.Warning, Message = "Login refused: {Code} from {Address}, user {User}")]
    private static partial void LogRefusedLogin(ILogger logger, string code, System.Net.IPAddress address, string user);

    [LoggerMessage(EventId = 203, Level = LogLevel.Information, Message = "Session {Session}: refused {Code}. {Reason}")]
    private static partial void LogBadLine(ILogger logger, long? session, string code, string reason);

    [LoggerMessage(EventId = 204, Level = LogLevel.Information, Message = "Connection of session {Session} ends: {Reason}")]
    private static partial void LogEnd(ILogger logger, long? session, string reason);

    [LoggerMessage(EventId = 205, Level = LogLevel.Information, Message = "Connection of session {Session} lost: {Reason}")]
    private static partial void LogLost(ILogger logger, long? session, string reason);

    [LoggerMessage(EventId = 206, Level = LogLevel.Error, Message = "A bug ended connection {Connection} of session {Session}")]
    private static partial void LogBug(ILogger logger, string connection, long? session, Exception bug);

    /// <summary>Only where the operator has switched it on.</summary>
    [LoggerMessage(EventId = 208, Level = LogLevel.Information, Message = "Session {Session} to {Place}: {Text}")]
    private static partial void LogBody(ILogger logger, long session, string place, string text);

    [LoggerMessage(EventId = 207, Level = LogLevel.Error, Message = "Storage failed for a frame {Frame}")]
    private static partial void LogStorage(ILogger logger, string frame, Exception cause);
}
