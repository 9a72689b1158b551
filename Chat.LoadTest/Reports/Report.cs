using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>The result of a run. Its properties are the keys of the JSON report, in snake case.</summary>
internal sealed record Report
{
    public Report(LoadOptions options, IReadOnlyList<WorkerReply.Counted> counted, IReadOnlyList<int> workersDied)
    {
        (Options, WorkersDied) = (options, workersDied);
        Counts = counted.Aggregate(new Counts(), (sum, reply) => sum + reply.Counts);
        Echo = Merge(counted.Select(reply => reply.Echoes));
        Delivery = Merge(counted.Select(reply => reply.Deliveries));
    }

    [JsonIgnore]
    public LoadOptions Options { get; }

    /// <summary>Ctrl-C or a signal ended the run early.</summary>
    public bool Interrupted { get; init; }

    public bool IsClean =>
        Counts is { Sent: > 0, Lost: 0, Doubled: 0, Disordered: 0, Strayed: 0, Ended.Count: 0, NotIn.Count: 0 }
        && WorkersDied.Count == 0
        && DaemonEnded is null;

    public int UsersWanted => Options.Users;

    public int Rooms => Options.Rooms;

    public int Workers => Options.Workers;

    /// <summary>Messages per second from each user; 0 is as fast as echoes arrive.</summary>
    public double Rate => Options.Rate;

    /// <summary>Seconds of sending before measuring starts.</summary>
    public int Warmup => Options.Warmup;

    /// <summary>Seconds from the end of the warm-up to the last delivery.</summary>
    public double Seconds { get; init; }

    public double DeliveriesPerSecond => Seconds > 0 ? Math.Round(Counts.Measured / Seconds, 1) : 0;

    public Counts Counts { get; }

    /// <summary>From the moment a message is due to its echo at the sender.</summary>
    public Percentiles? Echo { get; }

    /// <summary>From the moment a message is due to its arrival at each other member.</summary>
    public Percentiles? Delivery { get; }

    /// <summary>Exit statuses of the workers that died. The report lacks what they counted.</summary>
    public IReadOnlyList<int> WorkersDied { get; }

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

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);

    private static Percentiles? Merge(IEnumerable<string> packed)
    {
        var all = new Latency();
        foreach (var histogram in packed) all.Add(histogram);
        return all.IsEmpty ? null : new(all.At(50), all.At(90), all.At(99), all.At(99.9), all.Largest);
    }
}
