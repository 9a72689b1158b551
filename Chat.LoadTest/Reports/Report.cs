using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>The result of a run. Its properties are the keys of the JSON report, in snake case.</summary>
internal sealed record Report
{
    public const string CurrentSchema = "chat-load/report/1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>When the run started.</summary>
    public DateTimeOffset Date { get; init; }

    public required RunHost Host { get; init; }

    /// <summary>Ctrl-C or a signal ended the run early.</summary>
    public bool Interrupted { get; init; }

    public bool IsClean => Counts.IsClean && HasWritten && WorkersDied.Count == 0 && DaemonEnded is null;

    public int UsersWanted { get; init; }

    public int Rooms { get; init; }

    public int Workers { get; init; }

    /// <summary>Messages per second from each user of the first scenario, at its peak; 0 is as fast as echoes arrive.</summary>
    public double Rate { get; init; }

    /// <summary>Seconds of sending before measuring starts.</summary>
    public int Warmup { get; init; }

    public long Seed { get; init; }

    public string Protocol { get; init; } = "chat";

    /// <summary>Seconds from the end of the warm-up to the last delivery.</summary>
    public double Seconds { get; init; }

    public double DeliveriesPerSecond { get; init; }

    /// <summary>Of all scenarios together.</summary>
    public required Counts Counts { get; init; }

    /// <summary>False if scenarios that write have sent nothing.</summary>
    public bool HasWritten { get; init; }

    /// <summary>From the moment a message is due to its echo at the sender.</summary>
    public Percentiles? Echo { get; init; }

    /// <summary>From the moment a message is due to its arrival at each other member.</summary>
    public Percentiles? Delivery { get; init; }

    /// <summary>Exit statuses of the workers that died. The counts lack what they had.</summary>
    public required IReadOnlyList<int> WorkersDied { get; init; }

    /// <summary>HOST:PORT; null if the run started its daemon.</summary>
    public string? Daemon { get; init; }

    /// <summary>Null if the run did not start the daemon: the protocol does not tell.</summary>
    public string? Durability { get; init; }

    public string? FileSystem { get; init; }

    /// <summary>The exit status of the daemon that the run started, if it ended early.</summary>
    public int? DaemonEnded { get; init; }

    public DaemonCounters? Counters { get; init; }

    /// <summary>Used by the daemon since the end of the warm-up; null if it runs on another machine.</summary>
    public ProcessUsage? Usage { get; init; }

    /// <summary>Microseconds of the daemon's processor time per delivery; null if its process cannot be read.</summary>
    public double? DaemonPerDelivery { get; init; }

    /// <summary>Microseconds of the workers' processor time per delivery.</summary>
    public double? TesterPerDelivery { get; init; }

    /// <summary>Memory of the workers at its peak.</summary>
    public long TesterBytes { get; init; }

    /// <summary>Seconds after the warm-up in which the load test itself was too slow: their latencies are its own too.</summary>
    public IReadOnlyList<long> Saturated { get; init; } = [];

    /// <summary>How wrong a latency between machines can be, in milliseconds; null if all workers run on this one.</summary>
    public double? ClockError { get; init; }

    /// <summary>How far, in milliseconds, two machines' clocks drifted apart in the run; it was corrected. Null if they did not.</summary>
    public double? ClockDrift { get; init; }

    public IReadOnlyList<UsagePoint> UsageSeries { get; init; } = [];

    public required IReadOnlyList<ScenarioReport> Scenarios { get; init; }

    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>The steps of a search for the capacity; null without one.</summary>
    public Capacity? Capacity { get; init; }

    /// <summary>Whether the exit status is 0.</summary>
    [JsonIgnore]
    public bool IsGood => IsClean && Thresholds.All(threshold => !threshold.Broken);

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);
}
