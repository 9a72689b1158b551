using System.Collections.Concurrent;

namespace Chat.LoadTest.Workers;

/// <summary>All users of one worker.</summary>
internal sealed class Crowd(WorkPlan plan, WorkerGauges gauges) : IAsyncDisposable
{
    private const int LoginsAtOnce = 32;

    /// <summary>Where nothing has come for so long, nothing more will.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>For what was due at the last moment. A greater backlog is not sent: the run would never end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, int> notIn = new();
    private readonly Payload payload = new(plan.Run, plan.Payload);
    private readonly ConcurrentBag<VirtualUser> all = [];

    /// <summary>Those who came into their rooms.</summary>
    public IReadOnlyList<VirtualUser> Users { get; private set; } = [];

    /// <summary>Of the machine's clock, in microseconds; 0 where there was none.</summary>
    public long LastDelivery => Users.Select(user => user.LastDelivery).DefaultIfEmpty().Max();

    private long Received => Users.Sum(user => user.Tally.Received + user.Refused);

    public async Task EnterAsync(CancellationToken stop, CancellationToken cancellation)
    {
        var inside = new ConcurrentBag<VirtualUser>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(plan.First, plan.Count), parallel, async (number, ct) =>
        {
            if (stop.IsCancellationRequested) return;
            var user = new VirtualUser(number, plan, payload, gauges);
            all.Add(user);
            if (await user.EnterAsync(gauges.Time, ct) is { } code) notIn.AddOrUpdate(code, 1, (_, count) => count + 1);
            else inside.Add(user);
        });
        Users = [.. inside.OrderBy(user => user.Number)];
    }

    /// <summary>Returns when all is sent and answered, or nothing answers any more.</summary>
    public async Task SendAsync(CancellationToken stop, CancellationToken cancellation)
    {
        if (Users.Count == 0) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellation);
        foreach (var user in Users) user.Start(over.Token);
        await new Pacer(Users, plan, gauges).RunAsync(over.Token);
        foreach (var user in Users) user.Finish();
        await Task.WhenAny(Task.WhenAll(Users.Select(user => user.Sending)), Task.Delay(Grace, gauges.Time, cancellation));
        await over.CancelAsync();
        await UntilQuietAsync(() => Users.All(user => user.Ended is not null || user.IsAnswered), cancellation);
    }

    public IReadOnlyList<SenderEnd> Ends() => [.. Users.Select(user => user.End())];

    public Answer.Progress Progress() => new(
        Users.Count(user => user.Ended is null), Users.Sum(user => (long)user.Sent), Users.Sum(user => user.Tally.Received), Users.Sum(user => (long)user.Refused));

    /// <summary>Returns when everybody who is still connected has all that the senders of the room sent, or nothing comes any more.</summary>
    public async Task SettleAsync(IReadOnlyList<SenderEnd> senders, CancellationToken cancellation)
    {
        var rooms = senders.ToLookup(sender => sender.Sender % plan.Rooms);
        var due = rooms.ToDictionary(room => room.Key, room => room.Sum(sender => (long)sender.Sent - sender.Refused.Count));
        await UntilQuietAsync(() => Users.All(user => user.Ended is not null || user.Tally.Received >= due.GetValueOrDefault(user.Number % plan.Rooms)), cancellation);
    }

    /// <summary>Everybody leaves; from then on no number changes.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(Users.Where(user => user.Ended is null).Select(user => user.LogoutAsync(gauges.Time, cancellation)));
        await DisposeAsync();
    }

    public Counts Count(IReadOnlyList<SenderEnd> senders)
    {
        var rooms = senders.ToLookup(sender => sender.Sender % plan.Rooms);
        var missing = Users.ToLookup(user => user.Ended is null, user => rooms[user.Number % plan.Rooms].Sum(sender => MissingAt(user, sender)));
        return new Counts
        {
            Users = Users.Count,
            Sent = Users.Sum(user => (long)user.Sent),
            Echoed = Users.Sum(user => user.Echoed),
            Delivered = Users.Sum(user => user.Tally.Received),
            Lost = missing[true].Sum(),
            Missed = missing[false].Sum(),
            Doubled = Users.Sum(user => user.Tally.Doubled),
            Disordered = Users.Sum(user => user.Tally.Disordered),
            Strayed = Users.Sum(user => user.Strayed),
            Unknown = Users.Sum(user => (long)user.End().Unknown.Count),
            Unsent = plan.Rate == 0 ? 0 : Users.Where(user => user.Ended is null).Sum(user => (long)user.Waiting),
            NotIn = new(notIn),
            Ended = Users.Where(user => user.Ended is not null).CountBy(user => user.Ended!).ToDictionary(),
            Refusals = new(gauges.Refusals),
        };
    }

    public async ValueTask DisposeAsync()
    {
        while (all.TryTake(out var user)) await user.DisposeAsync();
    }

    private static long MissingAt(VirtualUser receiver, SenderEnd sender) =>
        receiver.Tally.Missing(receiver.SlotOf(sender.Sender), sender.Sent).Except(sender.Refused).Except(sender.Unknown).LongCount();

    /// <summary>What comes in is the business of hundreds of loops: a timer looks at their numbers.</summary>
    private async Task UntilQuietAsync(Func<bool> isDone, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Look, gauges.Time);
        var (seen, since) = (Received, gauges.Time.GetTimestamp());
        while (!isDone() && gauges.Time.GetElapsedTime(since) < Quiet)
        {
            await timer.WaitForNextTickAsync(cancellation);
            if (Received == seen) continue;
            (seen, since) = (Received, gauges.Time.GetTimestamp());
        }
    }
}
