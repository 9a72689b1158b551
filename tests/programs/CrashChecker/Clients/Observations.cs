using System.Diagnostics;
using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>What all clients see, in one order. Safe from any thread.</summary>
internal sealed class Observations(Action<Observation> see)
{
    private readonly Lock gate = new();
    private readonly List<(long Echoes, TaskCompletionSource Reached)> waiting = [];

    public long Sent { get; private set; }

    public long SentAgain { get; private set; }

    public long Echoes { get; private set; }

    public long Deliveries { get; private set; }

    /// <summary>Changes answered with a number, each time.</summary>
    public long Changes { get; private set; }

    /// <summary>Messages and changes refused, by code.</summary>
    public SortedDictionary<string, int> Refusals { get; } = [];

    public string Summary =>
        $"{Sent} messages sent, {SentAgain} of them again; {Echoes} echoes; {Deliveries} deliveries to others; "
        + $"{Changes} changes answered; refused: "
        + (Refusals.Count == 0 ? "none" : string.Join(", ", Refusals.Select(refusal => $"{refusal.Value} {refusal.Key}")));

    /// <summary>Nanoseconds of the system's monotonic clock, which the recorder of disk writes reads too.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public void Add(Observation observation)
    {
        lock (gate)
        {
            Count(observation);
            see(observation with { Time = Now });
        }
    }

    /// <summary>Completes when that many more echoes have come.</summary>
    public Task MoreEchoesAsync(int count)
    {
        lock (gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((Echoes + count, reached));
            return reached.Task;
        }
    }

    private void Count(Observation observation)
    {
        if (observation is Observation.Sent sent)
        {
            Sent++;
            if (sent.Again) SentAgain++;
        }
        if (observation is Observation.Delivered) Deliveries++;
        if (observation is Observation.Changed { Id: not null, Rev: not null }) Changes++;
        if (observation is Observation.Refused refused) Refusals[refused.Code] = Refusals.GetValueOrDefault(refused.Code) + 1;
        if (observation is not Observation.Echoed) return;
        Echoes++;
        foreach (var (_, reached) in waiting.Where(wait => wait.Echoes <= Echoes)) reached.TrySetResult();
        waiting.RemoveAll(wait => wait.Echoes <= Echoes);
    }
}
