using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>Divides the users of each scenario among the workers.</summary>
internal static class PartTable
{
    /// <summary>Messages a second that are followed to their last member; of more, only some.</summary>
    private const double TrackedPerSecond = 2_000;

    /// <summary>By worker, then by scenario.</summary>
    public static IReadOnlyList<IReadOnlyList<ScenarioPart>> Of(LoadOptions options, int workers) =>
        [.. Enumerable.Range(0, workers).Select(worker => (IReadOnlyList<ScenarioPart>)
            [.. options.Scenarios.Select((settings, index) => PartOf(settings, index, worker, workers))])];

    private static ScenarioPart PartOf(ScenarioSettings settings, int index, int worker, int workers)
    {
        var scenario = ScenarioCatalogue.Create(settings);
        var users = scenario.Settings.Users;
        var first = (int)((long)users * worker / workers);
        var count = (int)((long)users * (worker + 1) / workers) - first;
        var rate = scenario.Settings.Window > 0 ? 10 * TrackedPerSecond : scenario.Settings.PeakRate * scenario.Actors;
        return new(settings, index, first, count, Math.Max(1, (int)Math.Ceiling(rate / TrackedPerSecond)));
    }
}
