using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>A share of the users never reads. The daemon may end them; the others must not notice.</summary>
internal sealed class SlowReaders(ScenarioSettings settings) : FanOut(settings)
{
    private int Slow => (int)Math.Ceiling(Settings.Users * Settings.Share / 100);

    /// <summary>The last users, so that the senders are the first.</summary>
    public override bool MayEnd(int user) => user >= Settings.Users - Slow;

    public override int Actors => Math.Min(base.Actors, Settings.Users - Slow);

    public override Task PrepareAsync(ScenarioUsers users, CancellationToken cancellation)
    {
        foreach (var user in users.Joined.Where(user => MayEnd(user.Number))) user.StopReading();
        return Task.CompletedTask;
    }
}
