using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>What a worker reports: one JSON object per line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(SendingEnded), "sending_ended")]
[JsonDerivedType(typeof(Counted), "counted")]
internal abstract record WorkerReply
{
    private WorkerReply()
    {
    }

    /// <param name="Users">How many joined their room.</param>
    public sealed record Entered(int Users) : WorkerReply;

    /// <summary>Once a second.</summary>
    /// <param name="Users">How many are connected now.</param>
    public sealed record Progress(int Users, long Sent, long Delivered, long Refused) : WorkerReply;

    public sealed record SendingEnded(IReadOnlyList<SenderSummary> Senders) : WorkerReply;

    /// <param name="Counts">This worker's share.</param>
    /// <param name="LastDelivery">On the <see cref="MicrosecondClock"/>; 0 if nothing was delivered.</param>
    /// <param name="Echoes">A packed <see cref="Latency"/>.</param>
    /// <param name="Deliveries">A packed <see cref="Latency"/>.</param>
    public sealed record Counted(Counts Counts, long LastDelivery, string Echoes, string Deliveries) : WorkerReply;
}
