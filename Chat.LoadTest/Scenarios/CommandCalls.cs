using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Users run one slash-command and wait for its reply.</summary>
internal sealed class CommandCalls(ScenarioSettings settings) : Scenario(settings)
{
    public override bool NeedsChat => true;

    public override bool Writes => false;

    public override void Act(VirtualUser user, long due) => user.Do(ActionKind.Command, due);
}
