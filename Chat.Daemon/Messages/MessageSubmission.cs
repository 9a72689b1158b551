using System.Diagnostics;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Hooks;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The one way of a message into its conversation, typed or posted by a command: rate, filters, sequencer.</summary>
internal sealed class MessageSubmission(CommandRegistry registry, RoomAccess access, OptionsSource options, TimeProvider time)
{
    /// <summary>Counts one text or command of the session. Waits if the session is to be read more slowly; refuses above that.</summary>
    /// <returns>A refusal without a room: it holds in all of them.</returns>
    public async ValueTask<Refusal?> PassRateAsync(Attachment sender)
    {
        var limits = options.Current.Limits;
        var verdict = sender.Session.Rate.Take(limits.MessagesPerSecond, limits.MessageBurst);
        if (verdict.RetryAfter is { } retry) return new Refusal(RefusalCode.RateLimited, RetryAfter: retry);
        if (verdict.Wait > TimeSpan.Zero) await Task.Delay(verdict.Wait, time, sender.Connection.Ending);
        if (sender.Session.Appends.IsFull) await sender.Session.Appends.WhenSpace().WaitAsync(sender.Connection.Ending);
        return null;
    }

    /// <summary>Queues a message that has passed all other checks. A message that a filter drops is answered as if it were done.</summary>
    /// <returns>The refusal of a filter; null if the outcome comes later.</returns>
    public ValueTask<Refusal?> SubmitAsync(Attachment sender, Conversation conversation, PendingMessage message)
    {
        // Without filters that run, a message pays for this check only.
        if (registry.Current.Hooks.Filters is { IsDisabled: false } filters) return FilterAsync(filters, sender, conversation, message);
        conversation.Sequencer.Append(message);
        return default;
    }

    private async ValueTask<Refusal?> FilterAsync(FilterChain filters, Attachment sender, Conversation conversation, PendingMessage message)
    {
        var room = conversation as RoomConversation;
        var draft = new Draft(
            sender.User.ToUser(), room?.ToRoom(), message.Recipient?.ToUser(), message.Text, sender.Texts.Language, message.Via);
        switch (await filters.RunAsync(draft, () => registry.Current.Hooks.Filters, sender.Connection.Ending))
        {
            case FilterOutcome.Refused refused:
                var detail = refused.Refusal.Code == RefusalCode.Unavailable ? sender.Texts.NotFiltered() : refused.Refusal.Detail;
                return refused.Refusal with { Room = room?.Name.Text, Detail = detail };
            case FilterOutcome.Dropped:
                message.Outcome?.SetResult(null);
                if (message.ClientId is { } id) sender.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
                return null;
            case FilterOutcome.Passed passed:
                // Filters take time, and the sender may have been muted or removed meanwhile.
                if (room is not null && message.Subscriber is { IsPresent: false })
                    return new Refusal(RefusalCode.NotInRoom, room.Name.Text);
                if (access.RefusalToWrite(sender.User, conversation) is { } refusal) return refusal;
                message.Text = passed.Text;
                conversation.Sequencer.Append(message);
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
