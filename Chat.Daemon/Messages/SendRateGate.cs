using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The one rate of all that a user writes, texts and commands alike.</summary>
internal sealed class SendRateGate(OptionsSource options, TimeProvider time)
{
    /// <summary>Waits where the sender is to be read more slowly; the refusal where it is beyond that.</summary>
    public async ValueTask<Refusal?> PassAsync(Attachment sender, string? room)
    {
        var limits = options.Current.Limits;
        var verdict = sender.Session.Rate.Take(limits.MessagesPerSecond, limits.MessageBurst);
        if (verdict.RetryAfter is { } retry) return new Refusal(RefusalCode.RateLimited, room, retry);
        if (verdict.Wait > TimeSpan.Zero) await Task.Delay(verdict.Wait, time, sender.Connection.Ending);
        if (sender.Session.Appends.IsFull) await sender.Session.Appends.WhenRoom().WaitAsync(sender.Connection.Ending);
        return null;
    }
}
