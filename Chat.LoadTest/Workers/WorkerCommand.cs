using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>Tells a worker what to do next: one JSON object per line. The worker ends when its input does.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Clock), "clock")]
[JsonDerivedType(typeof(SetClock), "set_clock")]
[JsonDerivedType(typeof(Enter), "enter")]
[JsonDerivedType(typeof(Prepare), "prepare")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Count), "count")]
internal abstract record WorkerCommand
{
    private WorkerCommand()
    {
    }

    /// <summary>Answered at once by <see cref="WorkerReply.Time"/>, so that the coordinator learns how far apart the clocks are.</summary>
    public sealed record Clock : WorkerCommand;

    /// <summary>The clocks have drifted apart. Done at once, without an answer.</summary>
    /// <param name="Ahead">As in <see cref="Enter"/>.</param>
    public sealed record SetClock(long Ahead) : WorkerCommand;

    /// <summary>Log the users in; answered by <see cref="WorkerReply.Entered"/>.</summary>
    /// <param name="Ahead">How far, in microseconds, the coordinator's clock is ahead of the worker's.</param>
    public sealed record Enter(WorkPlan Plan, long Ahead) : WorkerCommand;

    /// <summary>Do what the scenarios need before their schedules begin; answered by <see cref="WorkerReply.Prepared"/>.</summary>
    public sealed record Prepare : WorkerCommand;

    /// <summary>Follow the schedules; answered by <see cref="WorkerReply.SendingEnded"/>.</summary>
    /// <param name="Start">When the schedules begin, on the coordinator's clock.</param>
    /// <param name="MeasureFrom">End of the warm-up.</param>
    public sealed record Send(long Start, long MeasureFrom) : WorkerCommand;

    /// <summary>Stop sending early.</summary>
    public sealed record Stop : WorkerCommand;

    /// <summary>Wait for the messages of all senders, then count; answered by <see cref="WorkerReply.Counted"/>.</summary>
    /// <param name="Sent">By scenario.</param>
    public sealed record Count(IReadOnlyList<SentSummary> Sent) : WorkerCommand;
}
