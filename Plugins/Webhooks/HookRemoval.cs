using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks;

/// <summary>Forgets the webhooks of a deleted room.</summary>
internal sealed class HookRemoval(HookTable hooks, DeliveryQueue queue) : IEventHandler<RoomDeleted>
{
    public async ValueTask HandleAsync(RoomDeleted deleted, CancellationToken cancellation)
    {
        foreach (var id in await hooks.ForgetAsync(deleted.Room, cancellation)) await queue.StopAsync(id, cancellation);
    }
}
