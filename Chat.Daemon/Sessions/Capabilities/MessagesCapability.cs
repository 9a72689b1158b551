using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions.Capabilities;

/// <inheritdoc cref="IMessages"/>
internal sealed class MessagesCapability(Attachment caller, MessageDesk desk, RoomAccess access, ConversationRegistry conversations) : IMessages
{
    public async Task NoticeAsync(Room room, string text, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(room.Name, out var name)) return;
        using var lease = await conversations.FindRoomAsync(name, cancellation);
        lease?.Conversation.Fanout.Notify(Outbox.Encoded(new DaemonFrame.Notice(Checked(text), lease.Conversation.Name.Text)));
    }

    public Task NoticeAsync(User user, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var notice = Checked(text);
        access.Tell(new Identity(user.Id), _ => notice);
        return Task.CompletedTask;
    }

    public Task NoticeAllAsync(string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var notice = Checked(text);
        access.TellAll(_ => notice);
        return Task.CompletedTask;
    }

    public Task SendAsync(Room room, string text, CancellationToken cancellation) => SendAsync(new ClientFrame.Message(Escaped(text), Room: room.Name), cancellation);

    public Task SendAsync(User to, string text, CancellationToken cancellation) => SendAsync(new ClientFrame.Message(Escaped(text), To: to.Name), cancellation);

    private async Task SendAsync(ClientFrame.Message message, CancellationToken cancellation)
    {
        Checked(message.Text);
        if (await desk.PostAsync(caller, message) is { } refusal) throw new RefusalException(refusal.Code, refusal.Detail ?? caller.Texts.Of(refusal.Code));
        await caller.Session.Appends.WhenEmpty().WaitAsync(cancellation);
    }

    /// <summary>A text of a plugin is no command, whatever it begins with.</summary>
    private static string Escaped(string text) => text.StartsWith('/') ? "/" + text : text;

    private string Checked(string text)
    {
        var code = TextRules.HasForbiddenControl(text) ? RefusalCode.BadArguments : TextRules.CodeFor(text);
        return code is null ? text : throw new RefusalException(code, caller.Texts.Of(code));
    }
}
