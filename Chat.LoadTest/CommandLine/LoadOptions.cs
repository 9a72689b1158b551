using Chat.Client.Programs;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Wire;

namespace Chat.LoadTest.CommandLine;

/// <summary>The parsed command line, with what a scenario file says.</summary>
internal sealed record LoadOptions
{
    /// <summary>The daemons to test; empty starts a temporary one.</summary>
    public IReadOnlyList<DaemonAddress> Connect { get; init; } = [];

    public TlsSettings Tls { get; init; } = new(On: false, Ca: null);

    /// <summary>One of <see cref="WireProtocol.Names"/>.</summary>
    public string Protocol { get; init; } = "chat";

    public int Workers { get; init; } = 1;

    /// <summary>Seconds of sending before measuring starts.</summary>
    public int Warmup { get; init; }

    public long Seed { get; init; } = 1;

    /// <summary><c>full</c>, <c>normal</c> or <c>none</c>, for a temporary daemon.</summary>
    public string Durability { get; init; } = "full";

    public IReadOnlyList<ScenarioSettings> Scenarios { get; init; } = [new()];

    public IReadOnlyList<Threshold> FailIf { get; init; } = [];

    public bool FindCapacity { get; init; }

    /// <summary>Whether to print the report as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The folder for report files; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>Users of all scenarios.</summary>
    public int Users => Scenarios.Sum(scenario => ScenarioCatalogue.Create(scenario).Settings.Users);

    public int Rooms => Scenarios.Sum(scenario => ScenarioCatalogue.Create(scenario).Conversations);

    /// <summary>Seconds of sending that are measured.</summary>
    public double Seconds => Scenarios.Max(scenario => scenario.Start + scenario.Seconds);

    public LoadOptions Times(double factor) => this with { Scenarios = [.. Scenarios.Select(scenario => scenario.Times(factor))] };
}
