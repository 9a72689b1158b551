namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>
/// Queues what happens in rooms with outgoing webhooks; it hears nothing of other rooms and of direct messages. What the plugin's own
/// account writes stays here.
/// </summary>
internal sealed class OutgoingEvents(HookTable hooks, DeliveryQueue queue, Failures failures, Voice voice)
    : IEventHandler<MessagePosted>, IEventHandler<MessageEdited>, IEventHandler<MessageDeleted>, IEventHandler<ReactionChanged>,
        IEventHandler<UserJoined>, IEventHandler<UserLeft>
{
    public ValueTask HandleAsync(MessagePosted posted, CancellationToken cancellation) =>
        QueueAsync(posted.Room, posted.Sender, new(HookEvent.Mensagem, posted.At, posted.Sender.Name, posted.Number), cancellation);

    public ValueTask HandleAsync(MessageEdited edited, CancellationToken cancellation) =>
        QueueAsync(edited.Room, edited.By, new(HookEvent.Editada, edited.At, edited.By.Name, edited.Number), cancellation);

    public ValueTask HandleAsync(MessageDeleted deleted, CancellationToken cancellation) =>
        QueueAsync(deleted.Room, deleted.By, new(HookEvent.Apagada, deleted.At, deleted.By.Name, deleted.Number), cancellation);

    public ValueTask HandleAsync(ReactionChanged changed, CancellationToken cancellation) => QueueAsync(
        changed.Room, changed.By,
        new(HookEvent.Reação, changed.At, changed.By.Name, changed.Number, changed.Emoji, changed.IsRemoved ? true : null), cancellation);

    public ValueTask HandleAsync(UserJoined joined, CancellationToken cancellation) =>
        QueueAsync(joined.Room, joined.User, new(HookEvent.Entrou, joined.At, joined.User.Name), cancellation);

    public ValueTask HandleAsync(UserLeft left, CancellationToken cancellation) =>
        QueueAsync(left.Room, left.User, new(HookEvent.Saiu, left.At, left.User.Name), cancellation);

    private async ValueTask QueueAsync(Room? room, User by, Happening happening, CancellationToken cancellation)
    {
        if (room is null || voice.IsOf(by)) return;
        foreach (var hook in (await hooks.OutgoingAsync(cancellation)).Values)
        {
            if (hook.Room.Id != room.Id || !hook.Events.Contains(happening.What!.Value)) continue;
            if (await queue.AddAsync(hook, happening, by.Id, cancellation) is { } refused)
                await failures.AddAsync(hook, refused, "queue_full", cancellation);
        }
    }
}
