using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>Hears of what has happened, after it is durable and after those concerned were told. One object a plugin's life; events come one after the other, in their order.</summary>
/// <typeparam name="TEvent">One of <see cref="ChatEvent"/>.</typeparam>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is no delegate, but what authors look for.")]
public interface IEventHandler<in TEvent> where TEvent : ChatEvent
{
    /// <param name="cancellation">At the deadline of 5 s, and when the plugin stops.</param>
    ValueTask HandleAsync(TEvent chatEvent, CancellationToken cancellation);
}

/// <summary>Something that has happened. Only the daemon makes these.</summary>
public abstract record ChatEvent
{
    internal ChatEvent(DateTimeOffset at) => At = at;

    /// <summary>In UTC.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>A message stands in the log.</summary>
/// <param name="Room">Null in a direct conversation, where <paramref name="Peer"/> is not.</param>
/// <param name="Number">Of its conversation: <c>seq</c>.</param>
/// <param name="Via">The command that posted it in the sender's name, or null.</param>
public sealed record MessagePosted(DateTimeOffset At, User Sender, Room? Room, User? Peer, long Number, string Text, string? Via) : ChatEvent(At);

/// <summary>A user who was not there is in a room now.</summary>
/// <param name="Language">The user's: <c>pt-BR</c> or <c>en</c>.</param>
public sealed record UserJoined(DateTimeOffset At, User User, Room Room, string Language) : ChatEvent(At);

/// <summary>A user has left a room with the last of its connections.</summary>
public sealed record UserLeft(DateTimeOffset At, User User, Room Room) : ChatEvent(At);
