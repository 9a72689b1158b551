using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Schedules;

/// <summary>Every planned moment of a scenario, fixed before it starts. Each worker computes the whole and takes its users' part.</summary>
internal sealed class Schedule(ScenarioSettings settings, int actors, int warmup, long seed)
{
    private const long Stream = 1;

    /// <summary>The warm-up runs at the first rate, or at the one that the first ramp leads to.</summary>
    public RateProfile Profile { get; } = new(
        warmup == 0 ? settings.Stages : [new Stage(warmup, WarmupRate(settings)), .. settings.Stages], actors);

    /// <summary>The actor and the moment, in microseconds since the start, in order.</summary>
    public IEnumerable<(int Actor, long At)> Moments()
    {
        var random = settings.Arrivals == ScenarioSettings.Poisson ? new SeededRandom(seed, Stream) : null;
        var actions = random is null ? 0 : random.Exponential(1);
        for (var i = 0L; ; i++)
        {
            var at = Profile.TimeOf(actions);
            if (double.IsPositiveInfinity(at)) yield break;
            yield return ((int)(i % actors), (long)(at * 1e6));
            actions += random?.Exponential(1) ?? 1;
        }
    }

    private static double WarmupRate(ScenarioSettings settings) =>
        settings.Stages[0].FirstRate > 0 ? settings.Stages[0].FirstRate : settings.Stages[0].Rate;
}
