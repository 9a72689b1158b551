using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Tells connections what they did not ask for, each in its language. Safe from any thread.</summary>
internal sealed class Notifier(SessionRegistry sessions)
{
    /// <summary>Says something to all connections of a user.</summary>
    public void Tell(Identity identity, Func<SessionTexts, string> say)
    {
        foreach (var session in sessions.SessionsOf(identity))
            if (sessions.CurrentOf(session) is { } attachment) Tell(attachment, say(attachment.Texts));
    }

    /// <summary>Says something to everybody.</summary>
    public void TellAll(Func<SessionTexts, string> say)
    {
        foreach (var attachment in Attached()) Tell(attachment, say(attachment.Texts));
    }

    /// <summary>Says something to everybody in the room.</summary>
    public void TellRoom(RoomConversation room, Func<SessionTexts, string> say)
    {
        foreach (var attachment in Attached())
            if (attachment.In(room.Name.Key) is not null) Tell(attachment, say(attachment.Texts), room.Name.Text);
    }

    /// <summary>Tells those who know a list of commands that it holds no more.</summary>
    public void TellCommandsChanged()
    {
        foreach (var attachment in Attached())
            if (attachment.ForgetCommands()) attachment.Connection.Outbox.Deliver(Outbox.Encoded(new DaemonFrame.CommandsChanged()));
    }

    private IEnumerable<Attachment> Attached() => sessions.Attached().Select(sessions.CurrentOf).OfType<Attachment>();

    private static void Tell(Attachment attachment, string text, string? room = null) =>
        attachment.Connection.Outbox.Deliver(Outbox.Encoded(new DaemonFrame.Notice(text, room)));
}
