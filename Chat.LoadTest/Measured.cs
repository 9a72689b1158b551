using Chat.LoadTest.Coordination;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest;

/// <summary>A report, with the histograms that it sums up.</summary>
/// <param name="From">The end of the warm-up.</param>
internal sealed record Measured(Report Report, IReadOnlyList<ScenarioGathering> Scenarios, DateTimeOffset From);
