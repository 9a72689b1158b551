using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The one way of a message into its conversation, typed or posted by a command: rate, gate, sequencer.</summary>
internal sealed class MessageSubmission(TextGate gate, OptionsSource options, TimeProvider time)
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
        var verdict = await gate.PassAsync(sender, new OutgoingText(DraftKind.Message, message.Text)
        {
            Place = conversation,
            Subscriber = message.Subscriber,
            Partner = message.Recipient,
            Via = message.Via,
        });
        if (verdict.Refusal is { } refusal) return refusal;
        if (verdict.Text is null)
        {
            message.Outcome?.SetResult(null);
            if (message.ClientId is { } id) sender.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
            return null;
        }
        message.Text = verdict.Text;
        conversation.Sequencer.Append(message);
        return null;
    }
}
