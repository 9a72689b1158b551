using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>What a worker reports: one JSON object per line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Time), "time")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Prepared), "prepared")]
[JsonDerivedType(typeof(Tick), "tick")]
[JsonDerivedType(typeof(SendingEnded), "sending_ended")]
[JsonDerivedType(typeof(Counted), "counted")]
internal abstract record WorkerReply
{
    private WorkerReply()
    {
    }

    /// <param name="Now">Microseconds on the worker's own clock.</param>
    public sealed record Time(long Now) : WorkerReply;

    /// <param name="Users">How many are in.</param>
    public sealed record Entered(int Users) : WorkerReply;

    public sealed record Prepared : WorkerReply;

    /// <summary>Once a second, and before <see cref="Counted"/>.</summary>
    /// <param name="Processor">Seconds of processor time that the worker has used so far.</param>
    /// <param name="Bytes">Its working set.</param>
    public sealed record Tick(long Now, double Processor, long Bytes, IReadOnlyList<ScenarioTick> Scenarios) : WorkerReply;

    /// <param name="Sent">By scenario.</param>
    public sealed record SendingEnded(IReadOnlyList<SentSummary> Sent) : WorkerReply;

    /// <param name="Scenarios">This worker's share.</param>
    /// <param name="Processor">Seconds of processor time since the warm-up.</param>
    public sealed record Counted(IReadOnlyList<ScenarioCount> Scenarios, double Processor) : WorkerReply;
}
