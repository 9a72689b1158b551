using Chat.Protocol;

namespace Chat.Daemon.Sessions.Capabilities;

/// <inheritdoc cref="IMessages"/>
internal sealed class MessagesCapability(Attachment caller, MessageDesk desk) : IMessages
{
    public Task SendAsync(Room room, string text, CancellationToken cancellation) => SendAsync(new ClientFrame.Message(Escaped(text), Room: room.Name), cancellation);

    public Task SendAsync(User to, string text, CancellationToken cancellation) => SendAsync(new ClientFrame.Message(Escaped(text), To: to.Name), cancellation);

    private async Task SendAsync(ClientFrame.Message message, CancellationToken cancellation)
    {
        if (NoticesCapability.CodeFor(message.Text) is { } code) throw new RefusalException(code, caller.Texts.Of(code));
        if (await desk.PostAsync(caller, message) is { } refusal) throw new RefusalException(refusal.Code, refusal.Detail ?? caller.Texts.Of(refusal.Code));
        await caller.Session.Appends.WhenEmpty().WaitAsync(cancellation);
    }

    /// <summary>A text of a plugin is no command, whatever it begins with.</summary>
    private static string Escaped(string text) => text.StartsWith('/') ? "/" + text : text;
}
