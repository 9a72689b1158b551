using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>
/// Handles events, after they are stored and the affected clients have been told. One instance per load; it gets one event at a time, in
/// order.
/// </summary>
/// <typeparam name="TEvent">One of the <see cref="ChatEvent"/> records.</typeparam>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "Not a delegate, but the usual name.")]
public interface IEventHandler<in TEvent> where TEvent : ChatEvent
{
    /// <param name="cancellation">Cancelled after 5 s, and when the plugin stops.</param>
    ValueTask HandleAsync(TEvent chatEvent, CancellationToken cancellation);
}
