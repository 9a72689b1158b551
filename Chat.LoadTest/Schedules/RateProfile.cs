using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Schedules;

/// <summary>The actions due since the start of a schedule, as a function of time and back. Within a stage the rate is linear.</summary>
internal sealed class RateProfile
{
    private readonly List<(double Start, double Seconds, double From, double To, double Before)> parts = [];

    /// <param name="users">The stages' rates are of one user.</param>
    public RateProfile(IEnumerable<Stage> stages, int users)
    {
        foreach (var stage in stages)
        {
            var (from, to) = (stage.FirstRate * users, stage.Rate * users);
            parts.Add((Seconds, stage.Seconds, from, to, Total));
            Total += stage.Seconds * (from + to) / 2;
            Seconds += stage.Seconds;
        }
    }

    public double Seconds { get; }

    /// <summary>Actions in the whole schedule.</summary>
    public double Total { get; }

    /// <summary>Seconds from the start until <paramref name="actions"/> are due; infinity if never.</summary>
    public double TimeOf(double actions)
    {
        foreach (var (start, seconds, from, to, before) in parts)
        {
            var within = actions - before;
            if (within >= seconds * (from + to) / 2) continue;
            // The root of from·t + slope·t²/2 = within, in the form that stays exact when the slope is 0.
            var slope = (to - from) / seconds;
            return start + (2 * within / (from + Math.Sqrt((from * from) + (2 * slope * within))));
        }
        return double.PositiveInfinity;
    }
}
