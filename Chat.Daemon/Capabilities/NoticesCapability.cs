using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="INotices"/>
/// <remarks>Works outside of invocations, where only the text rules apply. While a command runs, the caller writes the text.</remarks>
internal sealed class NoticesCapability(Notifier notifier, ConversationRegistry conversationRegistry, TextGate gate, OptionsSource options)
    : INotices
{
    public async Task SendToRoomAsync(Room room, string text, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        if (await PassAsync(text, lease?.Conversation) is { } notice && lease is { Conversation: var to })
            to.Fanout.Notify(Outbox.Encoded(new DaemonFrame.Notice(notice, to.Name.Text)));
    }

    public async Task SendToUserAsync(User user, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await PassAsync(text, to: user) is { } notice) notifier.Tell(new Identity(user.Id), _ => notice);
    }

    public async Task SendToAllAsync(string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await PassAsync(text) is { } notice) notifier.TellAll(_ => notice);
    }

    public async Task<string?> CheckAsync(Room room, string text, CancellationToken cancellation)
    {
        using var lease = await FindAsync(room, cancellation);
        return await PassAsync(text, lease?.Conversation);
    }

    /// <summary>A user may always be told something by a command of their own.</summary>
    private async Task<string?> PassAsync(string text, RoomConversation? place = null, User? to = null)
    {
        var notice = new OutgoingText(DraftKind.Notice, text) { Place = place, Recipient = to };
        if (CurrentInvocation.Origin is Attachment caller && to?.Id != caller.User.Identity.Key)
            return await gate.PassOrThrowAsync(caller, notice);
        return TextGate.RefusalOf(notice) is { } refusal
            ? throw refusal.ToException(SessionTexts.For(null, options.Current.Language))
            : text;
    }

    private async ValueTask<Lease<RoomConversation>?> FindAsync(Room room, CancellationToken cancellation) =>
        RoomName.TryParse(room.Name, out var name) ? await conversationRegistry.FindRoomAsync(name, cancellation) : null;
}
