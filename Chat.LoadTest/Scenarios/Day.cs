using Chat.LoadTest.Schedules;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>
/// Users come as the stages say, stay for a session in which they read, write, edit, react, search and run commands with pauses to think,
/// and go. Every moment is planned from the seed.
/// </summary>
internal sealed class Day(ScenarioSettings settings) : Scenario(settings)
{
    public override bool NeedsChat => true;

    public override bool HasFixedMembers => false;

    public override bool EntersFirst => false;

    /// <summary>A user that is still in does not come again.</summary>
    public override void Act(VirtualUser user, long due)
    {
        if (!user.Script.IsCompleted) return;
        var visit = user.NextVisit();
        user.Run(cancellation => VisitAsync(user, new SeededRandom(user.Share.Seed, user.Number, visit), due, cancellation));
    }

    private async Task VisitAsync(VirtualUser user, SeededRandom random, long due, CancellationToken cancellation)
    {
        if (!await user.ArriveAsync(due, cancellation)) return;
        var clock = user.Share.Clock;
        var next = clock.Now;
        for (var end = next + Microseconds(random.Exponential(Settings.Session)); !user.HasEnded;)
        {
            next += Microseconds(random.Exponential(Settings.Think));
            if (next >= end) break;
            await clock.UntilAsync(next, cancellation);
            user.Do(user.Possible(Settings.Mix.Choose(random.Fraction())), next);
        }
        await user.LeaveAsync(cancellation);
    }

    private static long Microseconds(double seconds) => (long)(seconds * 1e6);
}
