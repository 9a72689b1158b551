using Chat.Daemon.Delivery;
using Chat.Daemon.Reading;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Subscribes a connection to its user's direct messages and marks, and greets it with <c>welcome</c>.</summary>
internal sealed class UserSubscriptions(
    OnlineUsers onlineUsers, ReadMarks marks, RoomLists roomLists, ConversationRegistry conversationRegistry, WelcomeLists lists)
{
    /// <summary>
    /// Queues <c>welcome</c>, which is a cut: direct messages and marks that arrive later follow it. A direct conversation that is not live
    /// yet gets no message that the list lacks: what it delivers from now on was held back, and is after the cut.
    /// </summary>
    /// <param name="asked">The rooms that the login names; null for those on the account's list.</param>
    /// <param name="standard">What a guest joins who names none.</param>
    /// <returns>The rooms to join.</returns>
    public async Task<IReadOnlyList<RoomName>> WelcomeAsync(
        Attachment attachment, string? token, IReadOnlyList<RoomName>? asked, RoomName standard, string? id)
    {
        var (user, ending) = (attachment.User, attachment.Connection.Ending);
        (attachment.DirectSubscriber, var cut) = onlineUsers.Attach(attachment.Connection, user);
        if (attachment.Session.Account is { } account) attachment.Marks = marks.Open(user, account);
        var listed = attachment.Marks is null ? [] : await roomLists.LoadAsync(user, attachment.Marks, ending);
        var joined = asked ?? (attachment.Marks is null ? [standard] : [.. listed.Select(room => room.Name)]);
        var directs = await lists.DirectAsync(user, ending);
        var directIds = directs.Select(written => written.Direct.Id).ToList();
        var live = conversationRegistry.FanoutsOf(directIds);
        var read = await lists.MarksAsync(attachment.Marks, directIds, listed, ending);
        var mentions = await lists.MentionsAsync(attachment.Marks, read, ending);
        var unread = await lists.UnreadAsync(
            listed, conversationRegistry.FanoutsOf(listed.Select(room => room.Id)), read, mentions, ending);
        onlineUsers.Welcome(attachment.DirectSubscriber, cut, [.. live.Values], () =>
        {
            var direct = directs.Select(written => lists.EntryOf(written, live, read, mentions)).ToList();
            return Outbox.Encoded(new DaemonFrame.Welcome(
                user.Name.Text, user.Roles, token, [.. joined.Select(room => room.Text)], direct, unread)
            { Id = id });
        });
        return joined;
    }

    public void Detach(Attachment attachment)
    {
        if (attachment.DirectSubscriber is not null) onlineUsers.Detach(attachment.DirectSubscriber);
        if (attachment.Marks is not null) marks.Close(attachment.User);
    }
}
