using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Posts a command's answer where the command was called, as a message of the caller or as a notice.</summary>
internal sealed class CommandPosts(
    ConversationRegistry conversationRegistry, OnlineUsers onlineUsers, TextGate gate, MessageSubmission submission)
{
    /// <param name="membership">Set in a room.</param>
    /// <param name="recipient">Set in a direct conversation.</param>
    public async Task<Refusal?> PostAsync(Attachment caller, CommandOutcome.Post post, Membership? membership, ChatUser? recipient)
    {
        var room = membership?.Room.Name.Text;
        if (TextRules.HasForbiddenControl(post.Text)) return new Refusal(RefusalCode.CommandFailed, room);
        if (recipient is not null && !onlineUsers.CanReceive(recipient)) return new Refusal(RefusalCode.NoSuchUser);
        using var lease = membership is null
            ? await conversationRegistry.OpenDirectAsync(caller.User, recipient!, caller.Connection.Ending)
            : null;
        var conversation = membership?.Room ?? (Conversation)lease!.Conversation;
        return post.Ephemeral
            ? await NotifyAsync(caller, post, conversation, membership, recipient)
            : await SendAsync(caller, post, conversation, membership, recipient);
    }

    private async Task<Refusal?> SendAsync(
        Attachment caller, CommandOutcome.Post post, Conversation conversation, Membership? membership, ChatUser? recipient)
    {
        var outcome = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new PendingMessage(caller.Sender, post.Text)
        {
            Subscriber = membership?.Subscriber ?? caller.DirectSubscriber,
            Recipient = recipient,
            Via = post.Command,
            Outcome = outcome,
        };
        if (await submission.SubmitAsync(caller, conversation, message) is { } refusal) return refusal;
        return await outcome.Task;
    }

    private async Task<Refusal?> NotifyAsync(
        Attachment caller, CommandOutcome.Post post, Conversation conversation, Membership? membership, ChatUser? recipient)
    {
        var verdict = await gate.PassAsync(caller, new OutgoingText(DraftKind.Notice, post.Text)
        {
            Place = conversation,
            Subscriber = membership?.Subscriber,
            Partner = recipient,
            Via = post.Command,
        });
        if (verdict.Text is { } text) Notify(caller, text, membership, recipient);
        return verdict.Refusal;
    }

    private void Notify(Attachment caller, string text, Membership? membership, ChatUser? recipient)
    {
        var notice = Outbox.Encoded(new DaemonFrame.Notice(text, membership?.Room.Name.Text));
        if (membership is not null)
        {
            membership.Room.Fanout.Notify(notice);
            return;
        }
        onlineUsers.Notify(caller.User.Identity, notice);
        if (recipient!.Identity != caller.User.Identity) onlineUsers.Notify(recipient.Identity, notice);
    }
}
