using Chat.LoadTest.Schedules;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Users read pages at random places of rooms that were filled first, and search in them.</summary>
internal sealed class HistoryPages(ScenarioSettings settings) : Scenario(settings)
{
    /// <summary>In flight while filling, in each room.</summary>
    private const int AtOnce = 100;
    private const long Stream = 3;

    public override bool NeedsChat => true;

    /// <summary>The first user of each room fills it.</summary>
    public override async Task PrepareAsync(ScenarioUsers users, CancellationToken cancellation)
    {
        var writers = users.Joined.Where(user => SlotOf(user.Number) == 0).ToList();
        await Task.WhenAll(writers.Select(user => user.FillAsync(Settings.Messages, AtOnce, cancellation)));
    }

    public override void Act(VirtualUser user, long due)
    {
        var random = new SeededRandom(user.Share.Seed, user.Number, user.NextAction(), Stream);
        user.Do(user.Possible(random.Fraction() * 100 < Settings.Search ? ActionKind.Search : ActionKind.Page), due);
    }
}
