using System.Collections.Concurrent;

namespace Chat.LoadTest.Workers;

/// <summary>The virtual users of one worker.</summary>
internal sealed class WorkerUsers(WorkPlan plan, WorkerGauges gauges) : IAsyncDisposable
{
    private const int LoginsAtOnce = 32;

    /// <summary>If nothing arrives for this long, nothing more will.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Time to send what was due last. A larger backlog is not sent, or a slow daemon would never let the run end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, int> notIn = new();
    private readonly Payload payload = new(plan.Run, plan.Payload);
    private readonly ConcurrentBag<VirtualUser> all = [];

    /// <summary>The users that joined their room, by number.</summary>
    public IReadOnlyList<VirtualUser> Joined { get; private set; } = [];

    /// <summary>On the <see cref="MicrosecondClock"/>; 0 if nothing was delivered.</summary>
    public long LastDelivery => Joined.Select(user => user.LastDelivery).DefaultIfEmpty().Max();

    private long Received => Joined.Sum(user => user.Tally.Received + user.Refused);

    public async Task EnterAsync(CancellationToken stop, CancellationToken cancellation)
    {
        var joined = new ConcurrentBag<VirtualUser>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(plan.First, plan.Count), parallel, async (number, ct) =>
        {
            if (stop.IsCancellationRequested) return;
            var user = new VirtualUser(number, plan, payload, gauges);
            all.Add(user);
            if (await user.EnterAsync(gauges.Time, ct) is { } code) notIn.AddOrUpdate(code, 1, (_, count) => count + 1);
            else joined.Add(user);
        });
        Joined = [.. joined.OrderBy(user => user.Number)];
    }

    /// <summary>Returns when every message is sent and answered, or when answers no longer arrive.</summary>
    public async Task SendAsync(CancellationToken stop, CancellationToken cancellation)
    {
        if (Joined.Count == 0) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellation);
        foreach (var user in Joined) user.Start(over.Token);
        await new Pacer(Joined, plan, gauges).RunAsync(over.Token);
        foreach (var user in Joined) user.Finish();
        await Task.WhenAny(Task.WhenAll(Joined.Select(user => user.Sending)), Task.Delay(Grace, gauges.Time, cancellation));
        await over.CancelAsync();
        await UntilQuietAsync(() => Joined.All(user => user.Ended is not null || user.IsAnswered), cancellation);
    }

    public IReadOnlyList<SenderSummary> Summarize() => [.. Joined.Select(user => user.Summarize())];

    public WorkerReply.Progress Progress() => new(
        Joined.Count(user => user.Ended is null),
        Joined.Sum(user => (long)user.Sent),
        Joined.Sum(user => user.Tally.Received),
        Joined.Sum(user => (long)user.Refused));

    /// <summary>Returns when every connected user has the messages of its room, or when messages no longer arrive.</summary>
    public async Task SettleAsync(IReadOnlyList<SenderSummary> senders, CancellationToken cancellation)
    {
        var rooms = senders.ToLookup(sender => sender.Sender % plan.Rooms);
        var due = rooms.ToDictionary(room => room.Key, room => room.Sum(sender => (long)sender.Sent - sender.Refused.Count));
        bool HasAll(VirtualUser user) => user.Tally.Received >= due.GetValueOrDefault(user.Number % plan.Rooms);
        await UntilQuietAsync(() => Joined.All(user => user.Ended is not null || HasAll(user)), cancellation);
    }

    /// <summary>Logs every user out. The counts do not change afterwards.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(Joined.Where(user => user.Ended is null).Select(user => user.LogoutAsync(gauges.Time, cancellation)));
        await DisposeAsync();
    }

    public Counts Count(IReadOnlyList<SenderSummary> senders)
    {
        var rooms = senders.ToLookup(sender => sender.Sender % plan.Rooms);
        var missing = Joined.ToLookup(
            user => user.Ended is null, user => rooms[user.Number % plan.Rooms].Sum(sender => MissingAt(user, sender)));
        return new Counts
        {
            Users = Joined.Count,
            Sent = Joined.Sum(user => (long)user.Sent),
            Echoed = Joined.Sum(user => user.Echoed),
            Delivered = Joined.Sum(user => user.Tally.Received),
            Lost = missing[true].Sum(),
            Missed = missing[false].Sum(),
            Doubled = Joined.Sum(user => user.Tally.Doubled),
            Disordered = Joined.Sum(user => user.Tally.Disordered),
            Strayed = Joined.Sum(user => user.Strayed),
            Unknown = Joined.Sum(user => (long)user.Summarize().Unknown.Count),
            Unsent = plan.Rate == 0 ? 0 : Joined.Where(user => user.Ended is null).Sum(user => (long)user.Waiting),
            NotIn = new(notIn),
            Ended = Joined.Where(user => user.Ended is not null).CountBy(user => user.Ended!).ToDictionary(),
            Refusals = new(gauges.Refusals),
        };
    }

    public async ValueTask DisposeAsync()
    {
        while (all.TryTake(out var user)) await user.DisposeAsync();
    }

    private static long MissingAt(VirtualUser receiver, SenderSummary sender) =>
        receiver.Tally.Missing(receiver.SlotOf(sender.Sender), sender.Sent).Except(sender.Refused).Except(sender.Unknown).LongCount();

    /// <summary>Polls, because hundreds of loops receive and none of them can tell when all are done.</summary>
    private async Task UntilQuietAsync(Func<bool> isDone, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(CheckInterval, gauges.Time);
        var (seen, since) = (Received, gauges.Time.GetTimestamp());
        while (!isDone() && gauges.Time.GetElapsedTime(since) < Quiet)
        {
            await timer.WaitForNextTickAsync(cancellation);
            if (Received == seen) continue;
            (seen, since) = (Received, gauges.Time.GetTimestamp());
        }
    }
}
