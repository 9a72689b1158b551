using Chat.LoadTest.Schedules;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Users spread over rooms; each message, edit and reaction reaches everybody in its room.</summary>
internal class FanOut(ScenarioSettings settings) : Scenario(settings)
{
    private const long Stream = 2;

    public override bool NeedsChat => Settings.Changes > 0;

    public override void Act(VirtualUser user, long due) => user.Do(user.Possible(Choose(user)), due);

    /// <summary>By the seed, like the moments.</summary>
    private ActionKind Choose(VirtualUser user)
    {
        if (Settings.Changes is null or 0) return ActionKind.Message;
        var random = new SeededRandom(user.Share.Seed, user.Number, user.NextAction(), Stream);
        if (random.Fraction() * 100 >= Settings.Changes) return ActionKind.Message;
        return random.Fraction() < 0.5 ? ActionKind.Edit : ActionKind.React;
    }
}
