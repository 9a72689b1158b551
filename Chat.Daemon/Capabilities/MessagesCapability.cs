using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IMessages"/>
internal sealed class MessagesCapability(Attachment caller, MessageRequests requests) : IMessages
{
    public Task SendAsync(Room room, string text, CancellationToken cancellation) =>
        SendAsync(new ClientFrame.Message(Escaped(text), Room: room.Name), cancellation);

    public Task SendAsync(User to, string text, CancellationToken cancellation) =>
        SendAsync(new ClientFrame.Message(Escaped(text), To: to.Name), cancellation);

    private async Task SendAsync(ClientFrame.Message message, CancellationToken cancellation)
    {
        if (caller.IsOver) throw Refused(RefusalCode.Unavailable); // the connection is gone, and nobody would answer for the message
        var outcome = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (await requests.PostAsync(caller, message, outcome).AsTask().OrRefusedAsync(caller.Texts) is { } refusal)
            throw refusal.ToException(caller.Texts);
        if (await outcome.Task.WaitAsync(cancellation) is { } code) throw Refused(code);
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));

    /// <summary>A plugin's text is never a command, whatever it begins with.</summary>
    private static string Escaped(string text) => text.StartsWith('/') ? "/" + text : text;
}
