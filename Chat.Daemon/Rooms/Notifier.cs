using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Sends connections what they did not ask for, each in its language. Safe from any thread.</summary>
internal sealed class Notifier(SessionRegistry sessionRegistry, CommandRegistry commandRegistry) : IStartupStep
{
    Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        commandRegistry.Swapped += TellCommandsChanged;
        return Task.CompletedTask;
    }

    public void Tell(Identity identity, Func<SessionTexts, string> say)
    {
        foreach (var session in sessionRegistry.SessionsOf(identity))
            if (sessionRegistry.CurrentOf(session) is { } attachment) Tell(attachment, say(attachment.Texts));
    }

    public void TellAll(Func<SessionTexts, string> say)
    {
        foreach (var attachment in Attached()) Tell(attachment, say(attachment.Texts));
    }

    public void TellRoom(RoomConversation room, Func<SessionTexts, string> say)
    {
        foreach (var attachment in Attached())
            if (attachment.In(room.Name.Key) is not null) Tell(attachment, say(attachment.Texts), room.Name.Text);
    }

    /// <summary>Tells connections that have a list of the commands that it is outdated.</summary>
    public void TellCommandsChanged()
    {
        foreach (var attachment in Attached())
            if (attachment.ForgetCommands()) attachment.Connection.Outbox.Deliver(Outbox.Encoded(new DaemonFrame.CommandsChanged()));
    }

    private IEnumerable<Attachment> Attached() => sessionRegistry.Attached().Select(sessionRegistry.CurrentOf).OfType<Attachment>();

    private static void Tell(Attachment attachment, string text, string? room = null) =>
        attachment.Connection.Outbox.Deliver(Outbox.Encoded(new DaemonFrame.Notice(text, room)));
}
