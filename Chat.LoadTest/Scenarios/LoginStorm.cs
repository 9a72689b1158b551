using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Each action is a whole visit: connect, log in, join a room, log out.</summary>
internal sealed class LoginStorm(ScenarioSettings settings) : Scenario(settings)
{
    public override bool HasFixedMembers => false;

    public override bool Writes => false;

    public override bool EntersFirst => false;

    public override void Act(VirtualUser user, long due) => user.Run(async cancellation =>
    {
        if (await user.ArriveAsync(due, cancellation)) await user.LeaveAsync(cancellation);
    });
}
