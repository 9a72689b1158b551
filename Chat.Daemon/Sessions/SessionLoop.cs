using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Chat.Daemon.Commands;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Serves one connection from its first byte to its last. It alone reads the connection, and handles its frames in order. For a plain
/// message it only begins the append. Before any other frame it waits until all messages it began have been delivered.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "RunAsync disposes of the timer.")]
internal sealed partial class SessionLoop(
    Connection connection, RequestHandlers handlers, DaemonMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>Characters of a name that are logged. A valid name has at most 32.</summary>
    private const int LoggedName = 64;

    private readonly LineReader lines = new(ProtocolLimits.ClientFrameBytes);
    private readonly ProtocolErrorWindow protocolErrors = new(time);
    private SessionTexts texts = SessionTexts.For(null, handlers.Options.Current.Language);
    private Attachment? attachment;
    private ITimer? loginTimer;

    /// <summary>Returns when the connection is closed. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
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
            LogConnectionLost(logger, attachment?.Session.Id, e.Message);
        }
        catch (Exception e)
        {
            LogConnectionFailed(logger, connection.Id, attachment?.Session.Id, e);
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
                    await HandleAsync(status, line);
                if (!read.IsCompleted) continue;
                if ((status = lines.ReadLast(buffer, out var last)) != LineStatus.None) await HandleAsync(status, last);
                return;
            }
            finally
            {
                connection.Input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    /// <summary>Any line may be answered, so none is handled while earlier answers fill the outbox.</summary>
    private async ValueTask HandleAsync(LineStatus status, ReadOnlySequence<byte> line)
    {
        if (connection.Outbox.IsOverHalf) await connection.Outbox.WhenBelowHalf().WaitAsync(connection.Ending);
        connection.Ending.ThrowIfCancellationRequested();
        var result = status == LineStatus.TooLong ? new(null, RefusalCode.FrameTooLong, null, null) : FrameReader.ReadClient(line);
        await (result.Frame is { } frame ? HandleAsync(frame) : RefuseLineAsync(result.Code!, result.Reason, result.Id));
    }

    /// <summary>Answers a line that is not a frame. An unknown type without an id is ignored: a later protocol may define it.</summary>
    private async ValueTask RefuseLineAsync(string code, string? reason, string? id)
    {
        if (code == RefusalCode.UnknownType && id is null) return;
        if (attachment is not null) await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var detail = code == RefusalCode.BadFrame ? $"{texts.Of(code)} {reason}" : null;
        Reply(new Refusal(code, Detail: detail).ToFrame(id, texts));
        metrics.Refusals[code].Add();
        LogLineRefused(logger, attachment?.Session.Id, code, reason ?? "");
        if (code != RefusalCode.UnknownType && protocolErrors.IsExceeded()) connection.End(ByeReason.TooManyErrors);
    }

    private async ValueTask HandleAsync(ClientFrame frame)
    {
        if (attachment is { Session.Appends.IsEmpty: false } && !FrameTable.MayOvertake(frame))
            await attachment.Session.Appends.WhenEmpty().WaitAsync(connection.Ending);
        var refusal = FrameTable.RefusalFor(frame, attachment is not null) is { } code ? new Refusal(code) : await DispatchAsync(frame);
        if (refusal is null) return;
        var label = RefusalLabel.Of(refusal.Code);
        metrics.Refusals[label].Add();
        // A client that asks for the password only if the name needs one is no attack.
        var isEntry = frame is ClientFrame.Login { Token: null } or ClientFrame.Register;
        if (isEntry && label != RefusalCode.PasswordRequired) LogRefusedEntry(frame, label);
        else LogFrameRefused(logger, attachment?.Session.Id, frame.GetType().Name, label);
        Reply(refusal.ToFrame(frame.Id, texts));
    }

    /// <summary>
    /// Logs who tried and from where, so that an operator or a program that reads the log can act. The name is untrusted.
    /// </summary>
    private void LogRefusedEntry(ClientFrame frame, string code)
    {
        var user = (frame is ClientFrame.Login login ? login.User : ((ClientFrame.Register)frame).User) ?? "";
        LogLoginRefused(logger, code, connection.Address, Printable.Escape(user.Length > LoggedName ? user[..LoggedName] + "…" : user));
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
                ClientFrame.Command f => await handlers.Commands.RunFrameAsync(attachment!, f),
                ClientFrame.Commands => handlers.Completion.List(attachment!, frame.Id),
                ClientFrame.Complete f => await handlers.Completion.CompleteAsync(attachment!, f),
                ClientFrame.Login f => await LoginAsync(f),
                ClientFrame.Register f => await RegisterAsync(f),
                ClientFrame.Join f => await handlers.Rooms.JoinAsync(attachment!, f),
                ClientFrame.Leave f => handlers.Rooms.Leave(attachment!, f),
                ClientFrame.Members f => RoomRequests.Members(attachment!, f),
                ClientFrame.History f => await handlers.History.ReadAsync(attachment!, f),
                ClientFrame.Ping => Reply(new DaemonFrame.Pong { Id = frame.Id }),
                ClientFrame.Logout => await LogoutAsync(frame.Id),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            LogStorageFailed(logger, frame.GetType().Name, e);
            var isMessage = FrameTable.MayOvertake(frame);
            return new Refusal(Refusal.CodeOf(e, isMessage)!, Say: texts => Refusal.SentenceOf(e, texts, isMessage)!);
        }
    }

    private ValueTask<Refusal?> PostAsync(ClientFrame.Message frame)
    {
        if (handlers.Options.Current.Logging.MessageBodies)
            LogMessageReceived(logger, attachment!.Session.Id, frame.Room ?? frame.To!, frame.Text);
        return handlers.Messages.PostAsync(attachment!, frame);
    }

    private async ValueTask<Refusal?> LoginAsync(ClientFrame.Login frame)
    {
        texts = SessionTexts.For(frame.Lang, handlers.Options.Current.Language);
        if (!handlers.Rooms.TryParseNames(frame, out var names, out var refusal)) return refusal;
        var outcome = await handlers.Authentication.LoginAsync(frame, connection);
        return outcome.Refusal ?? await WelcomeAsync(outcome, names, frame.Id);
    }

    private async ValueTask<Refusal?> RegisterAsync(ClientFrame.Register frame)
    {
        texts = SessionTexts.For(frame.Lang, handlers.Options.Current.Language);
        var outcome = await handlers.Authentication.RegisterAsync(frame, texts, connection);
        return outcome.Refusal ?? await WelcomeAsync(outcome, [], frame.Id);
    }

    private async ValueTask<Refusal?> WelcomeAsync(LoginOutcome outcome, List<RoomName> rooms, string? id)
    {
        attachment = outcome.Attachment!;
        texts = attachment.Texts;
        metrics.Sessions.Add();
        loginTimer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        LogLoggedIn(logger, attachment.Session.Id, attachment.User.Name.Text, attachment.User.Roles[0]);
        try
        {
            await handlers.UserSubscriptions.WelcomeAsync(attachment, outcome.Token!, rooms, id);
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            connection.End(ByeReason.Unavailable); // without a welcome, the client cannot tell that it is logged in
            throw;
        }
        foreach (var name in rooms)
            if (await JoinAsync(attachment, name) is { } refused) Reply(refused.ToFrame(null, texts));
        return null;
    }

    /// <summary>Joins one of the rooms of a login. A failure concerns that room alone.</summary>
    private async ValueTask<Refusal?> JoinAsync(Attachment subscriber, RoomName name)
    {
        try
        {
            return await handlers.Rooms.JoinAsync(subscriber, name, null, null);
        }
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            LogStorageFailed(logger, nameof(ClientFrame.Login), e);
            return new Refusal(Refusal.CodeOf(e)!, name.Text, Say: texts => Refusal.SentenceOf(e, texts)!);
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
        if (attachment is not null)
        {
            await attachment.Session.Appends.WhenEmpty();
            attachment.LeaveAll();
            handlers.UserSubscriptions.Detach(attachment);
            handlers.SessionLifecycle.Detach(attachment);
            metrics.Sessions.Add(-1);
        }
        if (connection.EndReason == ByeReason.SlowConsumer) metrics.SlowConsumers.Add();
        LogConnectionEnded(logger, attachment?.Session.Id, connection.EndReason ?? "closed by the client");
        await connection.CloseAsync();
    }

    [LoggerMessage(EventId = 201, EventName = "LoggedIn", Level = LogLevel.Information,
        Message = "Logged in: session {Session}, user {User}, role {Role}")]
    private static partial void LogLoggedIn(ILogger logger, long session, string user, string role);

    [LoggerMessage(EventId = 202, EventName = "FrameRefused", Level = LogLevel.Information,
        Message = "Frame refused: session {Session}, frame {Frame}, code {Code}")]
    private static partial void LogFrameRefused(ILogger logger, long? session, string frame, string code);

    [LoggerMessage(EventId = 209, EventName = "LoginRefused", Level = LogLevel.Warning,
        Message = "Login refused: {Code} from {Address}, user {User}")]
    private static partial void LogLoginRefused(ILogger logger, string code, IPAddress address, string user);

    [LoggerMessage(EventId = 203, EventName = "LineRefused", Level = LogLevel.Information,
        Message = "Line refused: session {Session}, code {Code}. {Reason}")]
    private static partial void LogLineRefused(ILogger logger, long? session, string code, string reason);

    [LoggerMessage(EventId = 204, EventName = "ConnectionEnded", Level = LogLevel.Information,
        Message = "Connection ended: session {Session}, {Reason}")]
    private static partial void LogConnectionEnded(ILogger logger, long? session, string reason);

    [LoggerMessage(EventId = 205, EventName = "ConnectionLost", Level = LogLevel.Information,
        Message = "Connection lost: session {Session}, {Reason}")]
    private static partial void LogConnectionLost(ILogger logger, long? session, string reason);

    [LoggerMessage(EventId = 206, EventName = "ConnectionFailed", Level = LogLevel.Error,
        Message = "Connection {Connection} of session {Session} ended by a bug in the daemon")]
    private static partial void LogConnectionFailed(ILogger logger, string connection, long? session, Exception bug);

    /// <summary>Only if the operator has switched it on.</summary>
    [LoggerMessage(EventId = 208, EventName = "MessageReceived", Level = LogLevel.Information,
        Message = "Message of session {Session} to {Conversation}: {Text}")]
    private static partial void LogMessageReceived(ILogger logger, long session, string conversation, string text);

    [LoggerMessage(EventId = 207, EventName = "StorageFailed", Level = LogLevel.Error,
        Message = "Storage failed for a frame of type {Frame}")]
    private static partial void LogStorageFailed(ILogger logger, string frame, Exception cause);
}
