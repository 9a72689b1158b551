namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>Tries to deliver an event, and decides what follows: it is done, tried again later, or a failure.</summary>
internal sealed class Attempts(DeliveryQueue queue, Failures failures, BackOffs backOffs, Receivers receivers, HookBodies bodies)
{
    /// <returns>False if the webhook must wait.</returns>
    public async Task<bool> TryAsync(OutgoingHook hook, Waiting waiting, CancellationToken cancellation)
    {
        var body = await bodies.WriteAsync(hook, waiting, cancellation);
        var outcome = await receivers.PostAsync(hook, waiting.IdOf(hook), body, cancellation);
        if (outcome.Reason is not { } reason || outcome.IsFinal)
        {
            if (outcome.Reason is not null) await failures.AddAsync(hook, waiting, outcome.Reason, cancellation);
            await queue.RemoveAsync(hook.Id, waiting.Place, cancellation);
            await backOffs.EndAsync(hook.Id, cancellation);
            return true;
        }
        if (backOffs.IsTooOld(waiting.Happening.At))
        {
            await failures.AddAsync(hook, waiting, reason, cancellation);
            await queue.RemoveAsync(hook.Id, waiting.Place, cancellation);
        }
        await backOffs.BeginAsync(hook, reason, outcome.Wait, cancellation);
        return false;
    }
}
