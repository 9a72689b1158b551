using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Subscribes a connection to its user's direct messages, and greets it with <c>welcome</c>.</summary>
internal sealed class UserSubscriptions(OnlineUsers onlineUsers, ConversationStore conversationStore, UserDirectory userDirectory)
{
    /// <summary>Queues <c>welcome</c>. Direct messages that arrive meanwhile follow it.</summary>
    public async Task WelcomeAsync(Attachment attachment, string token, IReadOnlyList<RoomName> rooms, string? id)
    {
        var user = attachment.User;
        attachment.DirectSubscriber = onlineUsers.Attach(attachment.Connection, user);
        var direct = await DirectAsync(user, attachment.Connection.Ending);
        var welcome = new DaemonFrame.Welcome(user.Name.Text, user.Roles, token, [.. rooms.Select(r => r.Text)], direct) { Id = id };
        onlineUsers.Welcome(attachment.DirectSubscriber, Outbox.Encoded(welcome));
    }

    public void Detach(Attachment attachment)
    {
        if (attachment.DirectSubscriber is not null) onlineUsers.Detach(attachment.DirectSubscriber);
    }

    /// <summary>
    /// The latest direct conversations. Leaves out those with a guest whose name belongs to another user now: a client asks for history
    /// by name, and would get that user's.
    /// </summary>
    private async Task<IReadOnlyList<DirectEntry>> DirectAsync(ChatUser user, CancellationToken cancellation)
    {
        var entries = new List<DirectEntry>();
        foreach (var (direct, last) in await conversationStore.DirectOfAsync(user.Identity.Key, ProtocolLimits.DirectListed, cancellation))
        {
            var owner = UserName.TryParse(direct.OtherName, out var name) ? await userDirectory.FindAsync(name, cancellation) : null;
            if (owner is null || owner.Identity.Key == direct.OtherIdentity) entries.Add(new DirectEntry(direct.OtherName, last));
        }
        return entries;
    }
}
