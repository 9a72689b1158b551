using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Every message, typed or posted by a command, passes here: rate limit, text gate, mentions, sequencer.</summary>
internal sealed class MessageSubmission(TextGate gate, MentionResolver mentions, OptionsSource options, TimeProvider time)
{
    /// <summary>Counts one text or command of the session. Waits if the session is to be read more slowly; refuses above that.</summary>
    /// <returns>A refusal without a room: it holds in all of them.</returns>
    public async ValueTask<Refusal?> PassRateAsync(Attachment sender)
    {
        var limits = options.Current.Limits;
        var verdict = sender.Session.Rate.Take(limits.MessagesPerSecond, limits.MessageBurst);
        if (verdict.RetryAfter is { } retry) return new Refusal(RefusalCode.RateLimited, RetryAfter: retry);
        var shared = sender.Connection.Usage.Messages.Pay(1, limits.Budgets.AddressMessages);
        var wait = verdict.Wait > shared ? verdict.Wait : shared;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, sender.Connection.Ending);
        if (sender.Session.Appends.IsFull) await sender.Session.Appends.WhenSpace().WaitAsync(sender.Connection.Ending);
        return null;
    }

    /// <summary>Takes the message through the gate and queues it. One that a filter drops is answered as if it were done.</summary>
    /// <returns>The gate's refusal; null if the outcome comes later.</returns>
    public async ValueTask<Refusal?> SubmitAsync(Attachment sender, Conversation conversation, PendingMessage message)
    {
        var text = new OutgoingText(DraftKind.Message, message.Text)
        {
            Place = conversation,
            Subscriber = message.Subscriber,
            Partner = message.Recipient,
            Via = message.Via,
        };
        var verdict = await gate.PassAsync(sender, text);
        if (verdict.Refusal is { } refusal) return refusal;
        if (verdict.Text is null)
        {
            message.Outcome?.SetResult(null);
            if (message.ClientId is { } id) sender.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
            return null;
        }
        message.Text = verdict.Text;
        message.Mentions = await mentions.ResolveAsync(sender, conversation, message.Recipient, verdict.Text);
        if (MentionResolver.LooksUp(verdict.Text) && gate.RefusalToWrite(sender, text) is { } late) return late;
        conversation.Sequencer.Append(message);
        return null;
    }

    /// <summary>Takes an edit the same way. One that a filter drops is answered as if there had been nothing to do.</summary>
    /// <inheritdoc cref="SubmitAsync(Attachment, Conversation, PendingMessage)"/>
    public async ValueTask<Refusal?> SubmitAsync(Attachment sender, Conversation conversation, PendingChange edit)
    {
        var text = new OutgoingText(DraftKind.Message, edit.Text!)
        {
            Place = conversation,
            Subscriber = edit.Subscriber,
            Partner = edit.Recipient,
            Edits = edit.Seq,
        };
        var verdict = await gate.PassAsync(sender, text);
        if (verdict.Refusal is { } refusal) return refusal;
        if (verdict.Text is null)
        {
            var unchanged = ((LoggedChange)edit.ToEntry(0, time.GetUtcNow().ToUnixTimeMilliseconds())) with { Text = null };
            if (edit.Outcome is { } outcome) outcome.SetResult(null);
            else sender.Connection.Outbox.Reply(conversation.Fanout.Address.Frame(unchanged) with { Id = edit.ClientId });
            return null;
        }
        edit.Text = verdict.Text;
        edit.Mentions = await mentions.ResolveAsync(sender, conversation, edit.Recipient, verdict.Text);
        if (MentionResolver.LooksUp(verdict.Text) && gate.RefusalToWrite(sender, text) is { } late) return late;
        conversation.Sequencer.Append(edit);
        return null;
    }
}
