using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="INotices"/>
/// <remarks>Not bound to a caller, so that it works outside of invocations.</remarks>
internal sealed class NoticesCapability(Notifier notifier, ConversationRegistry conversationRegistry, OptionsSource options) : INotices
{
    public async Task SendToRoomAsync(Room room, string text, CancellationToken cancellation)
    {
        var notice = Checked(text);
        if (!RoomName.TryParse(room.Name, out var name)) return;
        using var lease = await conversationRegistry.FindRoomAsync(name, cancellation);
        lease?.Conversation.Fanout.Notify(Outbox.Encoded(new DaemonFrame.Notice(notice, lease.Conversation.Name.Text)));
    }

    public Task SendToUserAsync(User user, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var notice = Checked(text);
        notifier.Tell(new Identity(user.Id), _ => notice);
        return Task.CompletedTask;
    }

    public Task SendToAllAsync(string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var notice = Checked(text);
        notifier.TellAll(_ => notice);
        return Task.CompletedTask;
    }

    /// <returns>Why the text is not valid; null if it is.</returns>
    internal static string? CodeFor(string text) =>
        TextRules.HasForbiddenControl(text) ? RefusalCode.BadArguments : TextRules.CodeFor(text);

    private string Checked(string text) =>
        CodeFor(text) is { } code ? throw new RefusalException(code, SessionTexts.For(null, options.Current.Language).Of(code)) : text;
}
