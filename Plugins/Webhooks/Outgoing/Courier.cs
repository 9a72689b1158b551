namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>
/// Delivers what waits for a webhook, in order, one at a time. The job is called like the webhook, so no webhook has two at work.
/// </summary>
internal sealed class Courier(
    HookTable hooks, DeliveryQueue queue, BackOffs backOffs, Attempts attempts, TimeProvider time) : IJob
{
    /// <summary>A job has 60 s, and a try may take 10.</summary>
    private static readonly TimeSpan Shift = TimeSpan.FromSeconds(40);

    public async ValueTask RunAsync(ScheduledJob job, CancellationToken cancellation)
    {
        if ((await hooks.OutgoingAsync(cancellation)).GetValueOrDefault(job.Name) is not { } hook) return;
        await backOffs.LoadAsync(hook, cancellation); // another version may have set it
        if (backOffs.IsWaiting(hook.Id))
        {
            await queue.KickAsync(hook.Id, cancellation);
            return;
        }
        queue.Begin(hook.Id);
        try
        {
            if (!await DeliverAsync(hook, cancellation)) await queue.KickAsync(hook.Id, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // the storage's, or a bug: the daemon logs it
        {
            await backOffs.BeginAsync(hook, "error", null, cancellation);
            await queue.KickAsync(hook.Id, cancellation);
            throw;
        }
        finally
        {
            queue.End(hook.Id);
        }
    }

    /// <returns>False if something still waits.</returns>
    private async Task<bool> DeliverAsync(OutgoingHook hook, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var all = await queue.ListAsync(hook.Id, cancellation);
            if (all.Count == 0 && queue.TryEnd(hook.Id)) return true;
            foreach (var next in all)
            {
                if (time.GetElapsedTime(began) > Shift) return false;
                if (!(await hooks.OutgoingAsync(cancellation)).ContainsKey(hook.Id)) return true; // removed meanwhile
                if (!await attempts.TryAsync(hook, next, cancellation)) return false;
            }
        }
    }
}
