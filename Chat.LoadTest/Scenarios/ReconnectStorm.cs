using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>
/// Users write, and a share of them loses its connection again and again: each resumes with its token, joins with the last number it
/// has, sends again what was not echoed, and must end up with every message once.
/// </summary>
internal sealed class ReconnectStorm(ScenarioSettings settings) : FanOut(settings)
{
    /// <summary>Messages between two losses of a connection.</summary>
    private const int Every = 5;

    public override bool NeedsChat => true;

    public override bool Resumes => true;

    public override void Act(VirtualUser user, long due)
    {
        user.Do(ActionKind.Message, due);
        if (IsShaky(user.Number) && user.TakesLoss(user.Written / Every)) user.Run(_ => user.ReconnectAsync());
    }

    private bool IsShaky(int user) => user * 100.0 / Settings.Users < Settings.Share;
}
