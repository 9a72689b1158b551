using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Workers;

/// <summary>The users of one scenario in one worker.</summary>
internal sealed class ScenarioUsers(ScenarioShare share, CancellationToken stop) : IAsyncDisposable
{
    private const int LoginsAtOnce = 32;

    /// <summary>If nothing arrives for this long, nothing more will.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Time to send what was due last. A larger backlog is not sent, or a slow daemon would never let the run end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(20);

    private readonly VirtualUser[] all =
        [.. Enumerable.Range(share.Part.First, share.Part.Count).Select(number => new VirtualUser(number, share, stop))];
    private Pacer? pacer;
    private long unsent, unanswered;

    public ScenarioShare Share => share;

    /// <summary>The users that are in, by number; all of them if they come and go.</summary>
    public IReadOnlyList<VirtualUser> Joined { get; private set; } = [];

    /// <summary>On the <see cref="MicrosecondClock"/>; 0 if nothing was delivered.</summary>
    public long LastDelivery => Joined.Select(user => user.Reception.LastDelivery).DefaultIfEmpty().Max();

    private long Progress => Joined.Sum(
        user => user.Reception.Received + user.Reception.Changes.Received + user.Refused + user.Outgoing.Answers);

    private Scenario Scenario => share.Scenario;

    public async Task EnterAsync(CancellationToken cancellation)
    {
        if (Scenario.EntersFirst)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(all, parallel, async (user, ct) =>
            {
                if (!stop.IsCancellationRequested && await user.EnterAsync(ct) is { } code) share.CouldNotEnter(code);
            });
            foreach (var user in all.Where(user => user.IsIn && !Scenario.MayEnd(user.Number))) share.HasEntered(user.Number);
        }
        Joined = Scenario.EntersFirst ? [.. all.Where(user => user.IsIn)] : all;
    }

    public Task PrepareAsync(CancellationToken cancellation) => Scenario.PrepareAsync(this, cancellation);

    /// <summary>Returns when everything is sent and answered, or when answers no longer arrive.</summary>
    /// <param name="start">When the run starts, on the <see cref="MicrosecondClock"/>.</param>
    /// <param name="endScripts">Ends the scripts of the users.</param>
    public async Task SendAsync(long start, Func<Task> endScripts, CancellationToken cancellation)
    {
        if (Joined.Count == 0) return;
        if (Scenario.EntersFirst) foreach (var user in Joined) user.StartSending();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellation);
        pacer = new Pacer(share, Joined);
        await pacer.RunAsync(start + (long)(share.Settings.Start * 1e6), over.Token);
        var scripts = Task.WhenAll(Joined.Select(user => user.Script));
        if (!stop.IsCancellationRequested)
            await Task.WhenAny(Task.WhenAll(UntilWrittenAsync(cancellation), scripts), Task.Delay(Grace, share.Time, cancellation));
        await endScripts();
        await scripts;
        foreach (var user in Joined)
        {
            unsent += user.HasEnded ? 0 : user.Waiting + user.SkippedScripts;
            user.DropWaiting();
        }
        await UntilQuietAsync(() => Joined.All(user => user.HasEnded || user.IsAnswered), cancellation);
        unanswered = Joined.Where(user => !user.HasEnded).Sum(user => (long)user.Outgoing.Unanswered);
    }

    public SentSummary Summarize() => new(
        [.. Joined.Select(user => user.Summarize())],
        Highest(user => user.Reception.Numbers.Last),
        Highest(user => user.Reception.Changes.Last));

    /// <summary>What has happened since the last call.</summary>
    public ScenarioTick Tick() => new(
        Joined.Count(user => user.IsIn),
        Joined.Sum(user => (long)user.Written),
        Joined.Sum(user => user.Reception.Received),
        share.Refusals.Values.Sum(count => (long)count) + share.NotIn.Values.Sum(count => (long)count),
        pacer?.TakeLateness() ?? 0,
        share.Recorder.Take(),
        share.LastMember.TakeReached());

    /// <summary>Returns when every connected user has the messages of its conversation, or when messages no longer arrive.</summary>
    public async Task SettleAsync(SentSummary sent, CancellationToken cancellation)
    {
        var rooms = sent.Senders.ToLookup(sender => Scenario.ConversationOf(sender.Sender));
        var due = rooms.ToDictionary(room => room.Key, room => room.Sum(sender => (long)sender.Sent - sender.Refused.Count));
        bool HasAll(VirtualUser user)
        {
            var conversation = Scenario.ConversationOf(user.Number);
            var (numbers, changes) = (user.Reception.Numbers, user.Reception.Changes);
            if (user.IsIn && changes.Last < sent.HighestChange.GetValueOrDefault(conversation)) return false;
            if (!Scenario.HasFixedMembers) return !user.IsIn || numbers.Last >= sent.Highest.GetValueOrDefault(conversation);
            return user.Reception.Received >= due.GetValueOrDefault(conversation) - (share.Protocol.Echoes ? 0 : user.Written);
        }
        await UntilQuietAsync(() => Joined.All(user => user.HasEnded || Scenario.MayEnd(user.Number) || HasAll(user)), cancellation);
    }

    /// <summary>Logs every user out. The counts do not change afterwards.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        foreach (var user in Joined) user.Reception.IsToTheEnd = user.IsIn;
        var slow = Joined.Where(user => user.IsIn && Scenario.MayEnd(user.Number));
        await Task.WhenAll(slow.Select(user => user.ReadToEndAsync(cancellation)));
        await Task.WhenAll(Joined.Where(user => user.IsIn).Select(user => user.LogoutAsync(cancellation)));
        await DisposeAsync();
    }

    public ScenarioCount Count(SentSummary sent) => new ScenarioReckoning(share, Joined, sent, unsent, unanswered).Count();

    public async ValueTask DisposeAsync()
    {
        foreach (var user in all) await user.DisposeAsync();
    }

    private Dictionary<int, long> Highest(Func<VirtualUser, long> of) =>
        Joined.GroupBy(user => Scenario.ConversationOf(user.Number)).ToDictionary(room => room.Key, room => room.Max(of));

    private Task UntilWrittenAsync(CancellationToken cancellation) =>
        UntilQuietAsync(() => Joined.All(user => user.HasEnded || user.Waiting == 0), cancellation);

    /// <summary>Polls, because hundreds of loops receive and none of them can tell when all are done.</summary>
    private async Task UntilQuietAsync(Func<bool> isDone, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(CheckInterval, share.Time);
        var (seen, since) = (Progress, share.Time.GetTimestamp());
        while (!isDone() && share.Time.GetElapsedTime(since) < Quiet)
        {
            await timer.WaitForNextTickAsync(cancellation);
            if (Progress == seen) continue;
            (seen, since) = (Progress, share.Time.GetTimestamp());
        }
    }
}
