using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Connected users that only ping: what does a connection cost?</summary>
internal sealed class Idle(ScenarioSettings settings) : Scenario(settings)
{
    public override bool Writes => false;

    public override void Act(VirtualUser user, long due) => user.Do(ActionKind.Ping, due);
}
