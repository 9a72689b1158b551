using System.Diagnostics;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Messages;

/// <summary>A message or a change that is about to be logged: who sent it, and how the sender learns the outcome.</summary>
internal abstract class PendingAppend(Sender sender)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    public Sender Sender => sender;

    /// <summary>The time since it was made.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(begun);

    /// <summary>The sender's own subscription to the conversation. Null if the sending connection does not receive it.</summary>
    public Subscriber? Subscriber { get; init; }

    /// <summary>The client's label. Without one, a resend cannot be recognised.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Receives the refusal, or null once it is logged and delivered. Set if a command waits for the outcome; otherwise the sender gets an
    /// <c>error</c> frame.
    /// </summary>
    public TaskCompletionSource<Refusal?>? Outcome { get; init; }

    /// <summary>Where the sequencer keeps the client id while it is in flight.</summary>
    public int RecentSlot { get; set; }

    /// <summary>
    /// Its number once it is logged: the <c>seq</c> of a message; the <c>rev</c> of a change, negative. Null if it has none.
    /// </summary>
    public abstract long? Number { get; }

    /// <summary>Estimated memory in bytes.</summary>
    public abstract int Bytes { get; }

    /// <summary>What the log gets. A message is numbered here; a change by the log.</summary>
    /// <param name="seq">The number of the next message.</param>
    public abstract LogEntry ToEntry(long seq, long atMs);

    /// <summary>Why the log did not take it, though the append succeeded.</summary>
    /// <param name="room">Null in a direct conversation.</param>
    public virtual Refusal? RefusalIn(string? room) => null;
}
