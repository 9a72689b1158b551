using System.Text.Json.Serialization;

namespace Chat.LoadTest.Scenarios;

/// <summary>One scenario of a run, as a scenario file names it.</summary>
internal sealed record ScenarioSettings
{
    public const string Even = "even", Poisson = "poisson";

    /// <summary>One of <see cref="ScenarioCatalogue.Kinds"/>.</summary>
    public string Kind { get; init; } = "fan-out";

    /// <summary>Its name in reports and thresholds; null for its kind.</summary>
    public string? Name { get; init; }

    public int Users { get; init; } = 100;

    public int Rooms { get; init; } = 5;

    /// <summary>How many of the users send; null for all.</summary>
    public int? Senders { get; init; }

    public IReadOnlyList<Stage> Stages { get; init; } = [new(10, 1)];

    /// <summary>Seconds between the start of the run and that of this scenario.</summary>
    public double Start { get; init; }

    /// <summary><c>even</c> or <c>poisson</c>.</summary>
    public string Arrivals { get; init; } = Even;

    /// <summary>Closed model: actions of a user in flight. 0 for the open model, with a schedule fixed in advance.</summary>
    public int Window { get; init; }

    /// <summary>Least bytes of each text.</summary>
    public int Payload { get; init; } = 64;

    /// <summary>The share of the users that reconnects or reads slowly, in percent.</summary>
    public double Share { get; init; } = 20;

    /// <summary>
    /// Percent of the actions that edit or react instead of writing, where the users write at the scenario's rate; null for the scenario's
    /// own.
    /// </summary>
    public double? Changes { get; init; }

    /// <summary>Percent of the reads of <c>history</c> that search instead of asking for a page.</summary>
    public double Search { get; init; } = 20;

    /// <summary>The slash-command to run, without the slash.</summary>
    public string Command { get; init; } = "quem";

    /// <summary>How many messages each room has before pages of its history are asked for.</summary>
    public int Messages { get; init; } = 1_000;

    /// <summary>Mean seconds between two actions of a user in its session.</summary>
    public double Think { get; init; } = 2;

    /// <summary>Mean seconds of a session.</summary>
    public double Session { get; init; } = 30;

    /// <summary>Weights of the actions in a session.</summary>
    public ActionMix Mix { get; init; } = new();

    [JsonIgnore]
    public string Label => Name ?? Kind;

    [JsonIgnore]
    public double Seconds => Stages.Sum(stage => stage.Seconds);

    [JsonIgnore]
    public double PeakRate => Stages.Max(stage => Math.Max(stage.Rate, stage.FirstRate));

    public ScenarioSettings Times(double factor) => this with { Stages = [.. Stages.Select(stage => stage.Times(factor))] };
}
