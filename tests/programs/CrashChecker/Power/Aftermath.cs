using CrashChecker.Clients;
using CrashChecker.Daemons;
using CrashChecker.Judging;

namespace CrashChecker.Power;

/// <summary>Starts the daemon on what a power loss left, and lets every client come back and compare.</summary>
internal sealed class Aftermath(DaemonLaunch launch, IReadOnlyList<ChatterPlan> plans, Judge judge, bool mayForget) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<Chatter> chatters = [];
    private readonly Dictionary<ChatterPlan, TaskCompletionSource> reading = [];
    private readonly TaskCompletionSource allHaveRead = NewSignal();
    private readonly List<Observation> seen = [];
    private Lives? lives;

    /// <param name="before">What was seen before the power went.</param>
    /// <returns>The same, and what was seen after.</returns>
    public async Task<IReadOnlyList<Observation>> RunAsync(IReadOnlyList<Observation> before)
    {
        foreach (var observation in before) See(observation);
        var observations = new Observations(See);
        observations.Add(new Observation.PowerLost());
        lives = new Lives(() => launch, (kind, text) => judge.Report(kind, "the daemon", text));
        if (!await lives.StartAsync()) return seen;
        await ReturnAsync(before, observations);
        await lives.StopAsync();
        judge.Finish();
        DatabaseCheck.Run(Path.Combine(launch.Data, "chat.db"), text => judge.Report(FindingKind.Unusable, "the database", text));
        return seen;
    }

    public void Dispose()
    {
        foreach (var chatter in chatters) chatter.Dispose();
        lives?.Dispose();
    }

    private void See(Observation observation)
    {
        seen.Add(observation);
        judge.See(observation);
    }

    /// <summary>All come back, and a guest reads the rooms even if no session is left.</summary>
    private async Task ReturnAsync(IReadOnlyList<Observation> before, Observations observations)
    {
        foreach (var plan in plans)
            if (Histories.MemoryOf(plan, before, mayForget) is { } memory) Add(plan, memory);
        var rooms = plans.SelectMany(plan => plan.Rooms).Distinct().ToList();
        Add(new ChatterPlan("revisora", "revisora", null, rooms, []), null);
        using var patience = new CancellationTokenSource(Patience);
        var returning = chatters.Select(chatter => ReturnAsync(chatter, patience.Token)).ToList();
        await Task.WhenAll(reading.Values.Select(read => read.Task));
        // What was read is on the disk: it was there at the start. What they send again now is not.
        if (mayForget) observations.Add(new Observation.SyncEnded());
        allHaveRead.SetResult();
        await Task.WhenAll(returning);
        foreach (var chatter in chatters.Where(chatter => chatter.IsConnected)) await chatter.PingAsync();
        foreach (var chatter in chatters.Where(chatter => chatter.IsConnected)) await chatter.PingAsync();
        foreach (var chatter in chatters.Where(chatter => chatter.IsConnected)) chatter.Settle();

        void Add(ChatterPlan plan, Memory? memory)
        {
            var read = reading[plan] = NewSignal();
            chatters.Add(new Chatter(plan, lives!.PortAsync, observations, memory) { BeforeSendingAgain = WaitForOthersAsync });

            Task WaitForOthersAsync()
            {
                read.TrySetResult();
                return allHaveRead.Task;
            }
        }
    }

    /// <summary>Reads everything and sends again what was not answered.</summary>
    private async Task ReturnAsync(Chatter chatter, CancellationToken giveUp)
    {
        try
        {
            await chatter.RunAsync(new CancellationToken(canceled: true), giveUp);
        }
        catch (SessionLostException)
        {
            // The judge knows whether that was allowed.
        }
        finally
        {
            reading[chatter.Plan].TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
