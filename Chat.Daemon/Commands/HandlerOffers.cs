using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>
/// Offers events to the handlers of the moment. Never waits and never throws, so it may be called under a lock. Without a handler, an event
/// costs one look-up. Safe from any thread.
/// </summary>
internal sealed class HandlerOffers(CommandRegistry commandRegistry, TimeProvider time)
{
    /// <param name="make">Gets the time. Called only if there is a handler.</param>
    public void Offer<T>(Func<DateTimeOffset, T> make) where T : ChatEvent
    {
        if (commandRegistry.Current.Hooks.Of(typeof(T)).Length > 0) Offer(make(time.GetUtcNow()));
    }

    /// <summary>If a handler is draining, its successor takes the event.</summary>
    public void Offer(ChatEvent happened)
    {
        var type = happened.GetType();
        foreach (var handler in commandRegistry.Current.Hooks.Of(type))
        {
            for (var next = handler; next is not null && !next.TryOffer(happened);)
            {
                var drained = next;
                next = Array.Find(
                    commandRegistry.Current.Hooks.Of(type), h => h.Owner.Id == drained.Owner.Id && h.Name == drained.Name);
                if (next == drained) break;
            }
        }
    }
}
