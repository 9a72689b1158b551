using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>What a worker is told, one JSON object a line on its standard input; its end ends the worker.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Begin), "begin")]
[JsonDerivedType(typeof(Go), "go")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Settle), "settle")]
internal abstract record Order
{
    private Order()
    {
    }

    /// <summary>Bring your users in; answered by <see cref="Answer.Ready"/>.</summary>
    public sealed record Begin(WorkPlan Plan) : Order;

    /// <summary>Send, until the plan's seconds are over; answered by <see cref="Answer.Done"/>.</summary>
    /// <param name="MeasureFrom">Of the machine's clock, in microseconds: what was due earlier warms up.</param>
    public sealed record Go(long MeasureFrom) : Order;

    /// <summary>Send no more.</summary>
    public sealed record Stop : Order;

    /// <summary>Wait for what was sent by all workers' users, and count; answered by <see cref="Answer.Counted"/>.</summary>
    public sealed record Settle(IReadOnlyList<SenderEnd> Senders) : Order;
}

/// <summary>What a worker says, one JSON object a line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Counted), "counted")]
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>Its users are in their rooms, but for those that could not get there.</summary>
    public sealed record Ready(int Users) : Answer;

    /// <summary>Once a second. <paramref name="Users"/> have a connection now.</summary>
    public sealed record Progress(int Users, long Sent, long Delivered, long Refused) : Answer;

    public sealed record Done(IReadOnlyList<SenderEnd> Senders) : Answer;

    /// <param name="LastDelivery">Of the machine's clock, in microseconds; 0 where there was none.</param>
    public sealed record Counted(Counts Counts, long LastDelivery, string Echoes, string Deliveries) : Answer;
}

/// <summary>A worker's part of the run.</summary>
/// <param name="Run">Part of each name and text, so that runs do not take each other's messages for their own.</param>
/// <param name="First">Its users are <paramref name="First"/>, First + 1, …; user n is in room n modulo <paramref name="Rooms"/>.</param>
internal sealed record WorkPlan(
    string Run, string Host, int Port, bool Tls, string? Ca, int First, int Count, int Users, int Rooms, int Warmup, int Seconds, double Rate, int Payload)
{
    /// <summary>Room members at most: places in a receiver's tally.</summary>
    [JsonIgnore]
    public int Slots => (Users + Rooms - 1) / Rooms;

    public string RoomOf(int user) => $"load-{Run}-{user % Rooms}";

    public string NameOf(int user) => $"load-{Run}-{user}";
}

/// <summary>What a sender's receivers must have had: its messages 1 to <paramref name="Sent"/>.</summary>
/// <param name="Refused">Those that the daemon refused.</param>
/// <param name="Unknown">Those whose outcome the sender never learned, because its connection ended or the daemon did not know.</param>
internal sealed record SenderEnd(int Sender, int Sent, IReadOnlyList<int> Refused, IReadOnlyList<int> Unknown);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class WorkerJson : JsonSerializerContext;
