using Chat.Plugins.Webhooks.Outgoing;
using Microsoft.Extensions.Hosting;

namespace Chat.Plugins.Webhooks;

/// <summary>Loads the webhooks before the plugin becomes active, and resumes deliveries left over from an earlier run.</summary>
internal sealed class Opening(HookTable hooks, Voice voice, DeliveryQueue queue, Failures failures, BackOffs backOffs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await voice.LoadAsync(cancellationToken);
        var outgoing = await hooks.OutgoingAsync(cancellationToken);
        foreach (var hook in outgoing.Values)
        {
            await backOffs.LoadAsync(hook, cancellationToken);
            await queue.ResumeAsync(hook, cancellationToken);
        }
        await queue.KeepOnlyAsync(outgoing.ContainsKey, cancellationToken);
        await failures.KeepOnlyAsync(outgoing.ContainsKey, cancellationToken);
        await backOffs.KeepOnlyAsync(outgoing.ContainsKey, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
