using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>Tells a worker what to do next: one JSON object per line on its standard input. The worker ends when the input does.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Enter), "enter")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Count), "count")]
internal abstract record WorkerCommand
{
    private WorkerCommand()
    {
    }

    /// <summary>Log the users in; answered by <see cref="WorkerReply.Entered"/>.</summary>
    public sealed record Enter(WorkPlan Plan) : WorkerCommand;

    /// <summary>Send for the plan's duration; answered by <see cref="WorkerReply.SendingEnded"/>.</summary>
    /// <param name="MeasureFrom">End of the warm-up, on the <see cref="MicrosecondClock"/>.</param>
    public sealed record Send(long MeasureFrom) : WorkerCommand;

    /// <summary>Stop sending early.</summary>
    public sealed record Stop : WorkerCommand;

    /// <summary>Wait for the messages of all senders, then count; answered by <see cref="WorkerReply.Counted"/>.</summary>
    public sealed record Count(IReadOnlyList<SenderSummary> Senders) : WorkerCommand;
}
