namespace Chat.LoadTest.Workers;

/// <summary>A worker's part of every scenario of the run.</summary>
internal sealed class WorkerScenarios : IAsyncDisposable
{
    private readonly ScenarioUsers[] all;
    private readonly CancellationTokenSource[] ends;

    /// <param name="stop">Ends the sending early.</param>
    public WorkerScenarios(WorkPlan plan, MicrosecondClock clock, CancellationToken stop)
    {
        ends = [.. plan.Parts.Select(_ => CancellationTokenSource.CreateLinkedTokenSource(stop))];
        all = [.. plan.Parts.Zip(ends, (part, end) => new ScenarioUsers(new ScenarioShare(plan, part, clock), end.Token))];
    }

    public int UsersIn => all.Sum(users => users.Joined.Count);

    public void MeasureFrom(long moment)
    {
        foreach (var users in all) users.Share.Recorder.MeasureFrom = moment;
    }

    public Task EnterAsync(CancellationToken cancellation) => Task.WhenAll(all.Select(users => users.EnterAsync(cancellation)));

    public Task PrepareAsync(CancellationToken cancellation) => Task.WhenAll(all.Select(users => users.PrepareAsync(cancellation)));

    /// <summary>Returns when every schedule has ended and everything is answered.</summary>
    public Task SendAsync(long start, CancellationToken cancellation) =>
        Task.WhenAll(all.Zip(ends, (users, end) => users.SendAsync(start, end.CancelAsync, cancellation)));

    public IReadOnlyList<SentSummary> Summarize() => [.. all.Select(users => users.Summarize())];

    public IReadOnlyList<ScenarioTick> Tick() => [.. all.Select(users => users.Tick())];

    public Task SettleAsync(IReadOnlyList<SentSummary> sent, CancellationToken cancellation) =>
        Task.WhenAll(all.Zip(sent, (users, of) => users.SettleAsync(of, cancellation)));

    public Task LeaveAsync(CancellationToken cancellation) => Task.WhenAll(all.Select(users => users.LeaveAsync(cancellation)));

    public IReadOnlyList<ScenarioCount> Count(IReadOnlyList<SentSummary> sent) => [.. all.Zip(sent, (users, of) => users.Count(of))];

    public async ValueTask DisposeAsync()
    {
        foreach (var users in all) await users.DisposeAsync();
        foreach (var end in ends) end.Dispose();
    }
}
