using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>
/// Users write, edit and react, and a share of them loses its connection again and again: each resumes with its token, joins with the
/// last message and the last change it has, sends again what was not answered, and must end up with every message once, as everybody
/// else sees it.
/// </summary>
internal sealed class ReconnectStorm(ScenarioSettings settings) : FanOut(settings with { Changes = settings.Changes ?? Usual })
{
    /// <summary>Messages between two losses of a connection.</summary>
    private const int Every = 5;

    /// <summary>Percent of the actions that change a message.</summary>
    private const double Usual = 25;

    public override bool NeedsChat => true;

    public override bool Resumes => true;

    public override void Act(VirtualUser user, long due)
    {
        base.Act(user, due);
        if (IsShaky(user.Number) && user.TakesLoss(user.Written / Every)) user.Run(_ => user.ReconnectAsync());
    }

    private bool IsShaky(int user) => user * 100.0 / Settings.Users < Settings.Share;
}
