using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;

namespace Chat.Daemon.Messages;

/// <summary>A conversation that a frame names, as long as it is not disposed of.</summary>
internal sealed record FoundConversation : IDisposable
{
    /// <summary>The refusal; null if the user may read the conversation.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Null if it is refused, or if the two users have not written yet.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The connection's subscription to it.</summary>
    public Subscriber? Subscriber { get; init; }

    /// <summary>The room's name.</summary>
    public string? Room { get; init; }

    /// <summary>The other user of a direct conversation. A user who no longer exists has the role guest.</summary>
    public ChatUser? Partner { get; init; }

    /// <summary>The other user's name.</summary>
    public string? With => Partner?.Name.Text;

    /// <summary>Keeps a direct conversation in memory; a room is kept by its members.</summary>
    public IDisposable? Lease { get; init; }

    public void Dispose() => Lease?.Dispose();
}
