using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Delivery;
using Chat.Daemon.Hooks;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The one way of a message into its conversation, typed or posted by a command: through the filters in force, then to the log.</summary>
internal sealed class MessageSubmission(CommandRegistry registry, RoomAccess access)
{
    /// <summary>Begins to append what has passed every other check; the refusal, where a filter refuses. One that a filter drops is answered as if it were done.</summary>
    public ValueTask<Refusal?> SayAsync(Attachment sender, Conversation conversation, Speech speech)
    {
        // Without filters, or where all are disabled, a message pays this look and nothing else.
        if (registry.Current.Hooks.Filters is { IsDisabled: false } filters) return SayFilteredAsync(filters, sender, conversation, speech);
        Append(sender, conversation, speech);
        return default;
    }

    private async ValueTask<Refusal?> SayFilteredAsync(FilterChain filters, Attachment sender, Conversation conversation, Speech speech)
    {
        var room = conversation as RoomConversation;
        var draft = new Draft(sender.User.ToUser(), room?.ToRoom(), speech.Recipient?.ToUser(), speech.Text, sender.Texts.Language, speech.Via);
        switch (await filters.RunAsync(draft, () => registry.Current.Hooks.Filters, sender.Connection.Ending))
        {
            case FilterOutcome.Refused refused:
                var isUnchecked = refused.Refusal.Code == RefusalCode.Unavailable;
                return refused.Refusal with { Room = room?.Name.Text, Detail = isUnchecked ? sender.Texts.NotFiltered() : refused.Refusal.Detail };
            case FilterOutcome.Dropped:
                speech.Outcome?.SetResult(null);
                if (speech.Id is not null) sender.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = speech.Id });
                return null;
            case FilterOutcome.Passed passed:
                // Filters take their time: who was muted or put out meanwhile is heard no more.
                if (room is not null && speech.Subscriber is { IsPresent: false }) return new Refusal(RefusalCode.NotInRoom, room.Name.Text);
                if (access.RefusalToWrite(sender.User, conversation) is { } refusal) return refusal;
                Append(sender, conversation, speech with { Text = passed.Text });
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Append(Attachment sender, Conversation conversation, in Speech speech) =>
        conversation.Sequencer.Append(new PendingMessage(sender.Sender, speech.Subscriber, speech.Text, speech.Id, speech.Via, speech.Recipient, speech.Outcome));
}

/// <summary>What somebody says.</summary>
/// <param name="Member">The sender in that conversation, where it is one.</param>
/// <param name="Id">The client's; null where it gave none.</param>
/// <param name="Peer">The other, of a direct conversation.</param>
/// <param name="Via">The command that posts it.</param>
/// <param name="Outcome">As of a <see cref="PendingMessage"/>; set only where nothing is refused before.</param>
internal readonly record struct Speech(Subscriber? Subscriber, string Text, string? Id, ChatUser? Recipient = null, string? Via = null, TaskCompletionSource<string?>? Outcome = null);
