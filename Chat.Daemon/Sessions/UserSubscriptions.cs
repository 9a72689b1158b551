using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Begins and ends what a connection receives for its user.</summary>
internal sealed class UserSubscriptions(OnlineUsers peers, ConversationStore store, UserDirectory people)
{
    /// <summary>Queues <c>welcome</c>. Direct messages that come while it is made follow behind it.</summary>
    public async Task WelcomeAsync(Attachment attachment, string token, IReadOnlyList<RoomName> rooms, string? id)
    {
        var user = attachment.User;
        attachment.DirectSubscriber = peers.Attach(attachment.Connection, user);
        var direct = await DirectAsync(user, attachment.Connection.Ending);
        var welcome = new DaemonFrame.Welcome(user.Name.Text, user.Roles, token, [.. rooms.Select(r => r.Text)], direct) { Id = id };
        peers.Welcome(attachment.DirectSubscriber, Outbox.Encoded(welcome));
    }

    public void Detach(Attachment attachment)
    {
        if (attachment.DirectSubscriber is not null) peers.Detach(attachment.DirectSubscriber);
    }

    /// <summary>The latest direct conversations, but for those with a guest whose name is another's by now: asked for by name, that other's would be read.</summary>
    private async Task<IReadOnlyList<DirectEntry>> DirectAsync(ChatUser user, CancellationToken cancellation)
    {
        var entries = new List<DirectEntry>();
        foreach (var (direct, last) in await store.DirectOfAsync(user.Identity.Key, ProtocolLimits.DirectListed, cancellation))
        {
            var bearer = UserName.TryParse(direct.OtherName, out var name) ? await people.FindAsync(name, cancellation) : null;
            if (bearer is null || bearer.Identity.Key == direct.OtherIdentity) entries.Add(new DirectEntry(direct.OtherName, last));
        }
        return entries;
    }
}
