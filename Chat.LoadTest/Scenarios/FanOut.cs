using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Users spread over rooms; each message reaches everybody in its room.</summary>
internal class FanOut(ScenarioSettings settings) : Scenario(settings)
{
    public override void Act(VirtualUser user, long due) => user.Do(ActionKind.Message, due);
}
