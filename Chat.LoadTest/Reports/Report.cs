using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>What a run found out.</summary>
internal sealed record Report
{
    public Report(LoadOptions options, IReadOnlyList<Answer.Counted> counted, IReadOnlyList<int> workersDied)
    {
        (Options, WorkersDied) = (options, workersDied);
        Counts = counted.Aggregate(new Counts(), (sum, one) => sum + one.Counts);
        Echo = Merge(counted.Select(one => one.Echoes));
        Delivery = Merge(counted.Select(one => one.Deliveries));
    }

    [JsonIgnore]
    public LoadOptions Options { get; }

    /// <summary>The run did not last as long as it was meant to.</summary>
    public bool Interrupted { get; init; }

    public bool IsClean =>
        Counts is { Sent: > 0, Lost: 0, Doubled: 0, Disordered: 0, Strayed: 0, Ended.Count: 0, NotIn.Count: 0 } && WorkersDied.Count == 0 && DaemonEnded is null;

    public int UsersWanted => Options.Users;

    public int Rooms => Options.Rooms;

    public int Workers => Options.Workers;

    /// <summary>Messages a second of each user; 0 is as fast as echoes come.</summary>
    public double Rate => Options.Rate;

    /// <summary>Seconds of sending before the measuring.</summary>
    public int Warmup => Options.Warmup;

    /// <summary>From the end of the warm-up to the last delivery.</summary>
    public double Seconds { get; init; }

    public double DeliveriesPerSecond => Seconds > 0 ? Math.Round(Counts.Measured / Seconds, 1) : 0;

    public Counts Counts { get; }

    /// <summary>From when it was due to the sender's own echo.</summary>
    public Percentiles? Echo { get; }

    /// <summary>From when it was due to each other member.</summary>
    public Percentiles? Delivery { get; }

    /// <summary>The exit statuses of workers that died; what they counted is not in the report.</summary>
    public IReadOnlyList<int> WorkersDied { get; }

    /// <summary>HOST:PORT; null where the run had a daemon of its own.</summary>
    public string? Daemon { get; init; }

    /// <summary>Null where the daemon is not the run's own: no frame says it.</summary>
    public string? Durability { get; init; }

    public string? FileSystem { get; init; }

    /// <summary>The exit status of the run's own daemon, where it ended in the middle.</summary>
    public int? DaemonEnded { get; init; }

    public DaemonCounters? Counters { get; init; }

    /// <summary>Of a daemon on this machine, from the end of the warm-up on.</summary>
    public ProcessUsage? Usage { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);

    private static Percentiles? Merge(IEnumerable<string> packed)
    {
        var all = new Latency();
        foreach (var one in packed) all.Add(one);
        return all.IsEmpty ? null : new(all.At(50), all.At(90), all.At(99), all.At(99.9), all.Largest);
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double P999, double Max);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
