using System.Net;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// What connections and sessions tell the operator: counters and log lines. A client can cause most of these lines at will, so a flood of
/// them is counted: see <see cref="LogTally"/>. Safe from any thread.
/// </summary>
internal sealed partial class SessionReports(
    DaemonMetrics metrics, LogTally tally, SecurityLog security, ILogger<SessionReports> logger)
{
    /// <summary>Lines of ordinary events that an address may cause within a minute: a class that comes in is seen one by one.</summary>
    private const int Ordinary = 100;

    /// <summary>Names the connection in all lines that are logged while it is served.</summary>
    public IDisposable? Begin(Link link) => logger.BeginScope(new KeyValuePair<string, object?>[] { new("connection", link.Id) });

    public void Accepted(Connection connection)
    {
        metrics.Connections.Add();
        metrics.ConnectionsOpen.Add();
        if (IsLogged(connection, "ConnectionAccepted", "", Ordinary)) LogConnectionAccepted(connection.Address);
    }

    public void Refused(IPAddress address, AddressUsage usage)
    {
        if (tally.IsLogged(logger, "ConnectionRefused", "", usage.Network)) LogConnectionRefused(address);
    }

    public void LoggedIn(Connection connection, Session session)
    {
        metrics.Sessions.Add();
        if (IsLogged(connection, "LoggedIn", "", Ordinary)) LogLoggedIn(session.Id, session.Name.Text, session.User.Roles[0]);
    }

    /// <param name="code">Known to the daemon, so that it can label a metric.</param>
    public void FrameRefused(Connection connection, long? session, ClientFrame frame, string code)
    {
        metrics.Refusals[code].Add();
        // A client that asks for the password only if the name needs one is no attack.
        if (frame is ClientFrame.Login login && code != RefusalCode.PasswordRequired)
            security.LoginRefused(code, connection.Address, login.User ?? "");
        else if (frame is ClientFrame.Register register)
            security.LoginRefused(code, connection.Address, register.User);
        else if (IsLogged(connection, "FrameRefused", code))
            LogFrameRefused(session, frame.GetType().Name, code);
    }

    /// <param name="code">Of a refusal, or of the <c>bye</c> that follows.</param>
    public void LineRefused(Connection connection, long? session, string code, string reason)
    {
        metrics.Refusals[code].Add();
        if (IsLogged(connection, "LineRefused", code)) LogLineRefused(session, code, reason);
    }

    public void StorageFailed(Connection connection, ClientFrame frame, Exception cause)
    {
        if (IsLogged(connection, "StorageFailed", frame.GetType().Name)) LogStorageFailed(frame.GetType().Name, cause);
    }

    /// <param name="last">The room's last message.</param>
    public void RoomJoined(Connection connection, long session, string room, long last)
    {
        if (IsLogged(connection, "RoomJoined", "", Ordinary)) LogRoomJoined(session, room, last);
    }

    public void RoomLeft(Connection connection, long session, string room)
    {
        if (IsLogged(connection, "RoomLeft", "", Ordinary)) LogRoomLeft(session, room);
    }

    public void MessageReceived(long session, ClientFrame.Message frame) =>
        LogMessageReceived(session, frame.Room ?? frame.To!, frame.Text);

    public void Lost(Connection connection, long? session, IOException cause)
    {
        if (IsLogged(connection, "ConnectionLost", "", Ordinary)) LogConnectionLost(session, cause.Message);
    }

    public void Failed(Connection connection, long? session, Exception bug)
    {
        if (IsLogged(connection, "ConnectionFailed", bug.GetType().Name)) LogConnectionFailed(connection.Id, session, bug);
    }

    public void SessionDetached() => metrics.Sessions.Add(-1);

    public void Ended(Connection connection, long? session)
    {
        if (connection.EndReason == ByeReason.SlowConsumer) metrics.SlowConsumers.Add();
        var reason = connection.EndReason ?? "closed by the client";
        if (IsLogged(connection, "ConnectionEnded", reason, Ordinary)) LogConnectionEnded(session, reason);
    }

    public void Closed() => metrics.ConnectionsOpen.Add(-1);

    private bool IsLogged(Connection connection, string eventName, string code, int atOnce = 1) =>
        tally.IsLogged(logger, eventName, code, connection.Usage.Network, atOnce);

    [LoggerMessage(EventId = 101, EventName = "ConnectionAccepted", Level = LogLevel.Information,
        Message = "Connection accepted from {Address}")]
    private partial void LogConnectionAccepted(IPAddress address);

    [LoggerMessage(EventId = 102, EventName = "ConnectionRefused", Level = LogLevel.Warning,
        Message = "Connection from {Address} refused: too many connections")]
    private partial void LogConnectionRefused(IPAddress address);

    [LoggerMessage(EventId = 201, EventName = "LoggedIn", Level = LogLevel.Information,
        Message = "Logged in: session {Session}, user {User}, role {Role}")]
    private partial void LogLoggedIn(long session, string user, string role);

    [LoggerMessage(EventId = 202, EventName = "FrameRefused", Level = LogLevel.Information,
        Message = "Frame refused: session {Session}, frame {Frame}, code {Code}")]
    private partial void LogFrameRefused(long? session, string frame, string code);

    [LoggerMessage(EventId = 203, EventName = "LineRefused", Level = LogLevel.Information,
        Message = "Line refused: session {Session}, code {Code}. {Reason}")]
    private partial void LogLineRefused(long? session, string code, string reason);

    [LoggerMessage(EventId = 204, EventName = "ConnectionEnded", Level = LogLevel.Information,
        Message = "Connection ended: session {Session}, {Reason}")]
    private partial void LogConnectionEnded(long? session, string reason);

    [LoggerMessage(EventId = 205, EventName = "ConnectionLost", Level = LogLevel.Information,
        Message = "Connection lost: session {Session}, {Reason}")]
    private partial void LogConnectionLost(long? session, string reason);

    [LoggerMessage(EventId = 206, EventName = "ConnectionFailed", Level = LogLevel.Error,
        Message = "Connection {Connection} of session {Session} ended by a bug in the daemon")]
    private partial void LogConnectionFailed(string connection, long? session, Exception bug);

    /// <summary>Only if the operator has switched it on.</summary>
    [LoggerMessage(EventId = 208, EventName = "MessageReceived", Level = LogLevel.Information,
        Message = "Message of session {Session} to {Conversation}: {Text}")]
    private partial void LogMessageReceived(long session, string conversation, string text);

    [LoggerMessage(EventId = 231, EventName = "RoomJoined", Level = LogLevel.Information,
        Message = "Room joined: session {Session}, {Room}, last message {Seq}")]
    private partial void LogRoomJoined(long session, string room, long seq);

    [LoggerMessage(EventId = 232, EventName = "RoomLeft", Level = LogLevel.Information, Message = "Room left: session {Session}, {Room}")]
    private partial void LogRoomLeft(long session, string room);

    [LoggerMessage(EventId = 207, EventName = "StorageFailed", Level = LogLevel.Error,
        Message = "Storage failed for a frame of type {Frame}")]
    private partial void LogStorageFailed(string frame, Exception cause);
}
