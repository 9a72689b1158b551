using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Subscribes a connection to its user's direct messages, and greets it with <c>welcome</c>.</summary>
internal sealed class UserSubscriptions(
    OnlineUsers onlineUsers, ConversationRegistry conversations, ConversationStore conversationStore, UserDirectory userDirectory)
{
    /// <summary>
    /// Queues <c>welcome</c>, which is a cut: direct messages that arrive later follow it. The log may be ahead of what was delivered, so
    /// the number of a live conversation is its fan-out's cursor. A conversation that is not live yet gets no message that the list
    /// lacks: what it delivers from now on was held back, and is after the cut.
    /// </summary>
    public async Task WelcomeAsync(Attachment attachment, string token, IReadOnlyList<RoomName> rooms, string? id)
    {
        var user = attachment.User;
        (attachment.DirectSubscriber, var cut) = onlineUsers.Attach(attachment.Connection, user);
        var listed = await DirectAsync(user, attachment.Connection.Ending);
        var live = conversations.FanoutsOf(listed.Select(written => written.Direct.Id));
        onlineUsers.Welcome(attachment.DirectSubscriber, cut, [.. live.Values], () =>
        {
            var direct = listed.Select(w => new DirectEntry(w.Direct.OtherName, CutOf(w, live), w.Range.First)).ToList();
            return Outbox.Encoded(
                new DaemonFrame.Welcome(user.Name.Text, user.Roles, token, [.. rooms.Select(r => r.Text)], direct) { Id = id });
        });
    }

    public void Detach(Attachment attachment)
    {
        if (attachment.DirectSubscriber is not null) onlineUsers.Detach(attachment.DirectSubscriber);
    }

    /// <summary>
    /// The latest direct conversations. Leaves out those with a guest whose name belongs to another user now: a client asks for history
    /// by name, and would get that user's.
    /// </summary>
    private async Task<IReadOnlyList<WrittenDirect>> DirectAsync(ChatUser user, CancellationToken cancellation)
    {
        var listed = new List<WrittenDirect>();
        foreach (var written in await conversationStore.DirectOfAsync(user.Identity.Key, ProtocolLimits.DirectListed, cancellation))
        {
            var owner = UserName.TryParse(written.Direct.OtherName, out var name) ? userDirectory.OwnerOf(name, written.NameOwner) : null;
            if (owner is null || owner.Value.Key == written.Direct.OtherIdentity) listed.Add(written);
        }
        return listed;
    }

    private static long CutOf(WrittenDirect written, IReadOnlyDictionary<ConversationId, Fanout> live) =>
        live.TryGetValue(written.Direct.Id, out var fanout) && fanout.HasStarted ? fanout.Cursor : written.Range.Last;
}
