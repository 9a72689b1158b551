using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>
/// A handler's events, one after the other in their order. A runner holds the plugin while there are any. Who offers never waits: a
/// handler that can't keep up loses the newest, and the operator hears of it. Safe from any thread.
/// </summary>
internal sealed partial class HandlerQueue(IHookOwner owner, string name, IReadOnlyList<HandlerQueue.Route> routes, HookCounts counts, TimeProvider time, ILogger log) : IThreadPoolWorkItem
{
    private const int Capacity = 1_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5), ReportEvery = TimeSpan.FromMinutes(1);

    /// <summary>Guards all below. The owner's lock may be taken under it.</summary>
    private readonly Lock gate = new();
    private readonly Queue<ChatEvent> waiting = [];
    private readonly HookCalls calls = new(owner.Id, name, Deadline, time, log);
    private IHookLease? lease; // held while the runner runs
    private long lost, unreported;
    private long? reportedAt;

    public IHookOwner Owner => owner;

    public string Name => name;

    /// <summary>Events that it was not handed, since it began.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public bool Hears(Type happening) => routes.Any(r => r.Event.IsAssignableFrom(happening));

    /// <summary>False where the plugin drains: then it hears of nothing new.</summary>
    public bool TryOffer(ChatEvent happened)
    {
        lock (gate)
        {
            var isIdle = lease is null;
            if ((lease ??= owner.TryHold()) is null) return false;
            if (waiting.Count >= Capacity) Lose(1);
            else Enqueue(happened);
            if (isIdle) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return true;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (Next(out var held) is { } happened)
            foreach (var route in routes)
                if (route.Event.IsInstanceOfType(happened)) await HandleAsync(route, happened, held);
    }

    private ChatEvent? Next(out IHookLease held)
    {
        IHookLease done;
        lock (gate)
        {
            held = lease!;
            if (held.Stopping.IsCancellationRequested && waiting.Count > 0)
            {
                counts.Waiting.Add(-waiting.Count);
                Lose(waiting.Count);
                waiting.Clear();
            }
            if (waiting.TryDequeue(out var next))
            {
                counts.Waiting.Add(-1);
                return next;
            }
            if (unreported > 0) Report();
            (done, lease) = (lease!, null);
        }
        done.Dispose();
        return null;
    }

    private async Task HandleAsync(Route route, ChatEvent happened, IHookLease held)
    {
        var began = time.GetTimestamp();
        var result = await calls.RunAsync(stop => CallAsync(route, happened, stop), held.Stopping);
        counts.Outcomes[WordOf(result.End)].Add();
        if (result.End == HookEnd.Failed) Failed(PluginFailure.Of(result.Running.Exception?.InnerException), name, owner.Id, happened.GetType().Name);
        if (result.End == HookEnd.Missed) Missed(name, owner.Id, happened.GetType().Name);
        // One that ignores its cancellation holds up its own events alone, and one thread: nothing else is begun beside it.
        await ((Task)result.Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        counts.AddTime(time.GetElapsedTime(began));
    }

    private static string WordOf(HookEnd end) => end switch
    {
        HookEnd.Answered => HookOutcome.Handled,
        HookEnd.Failed => HookOutcome.Failed,
        HookEnd.Missed => HookOutcome.Missed,
        _ => HookOutcome.Abandoned,
    };

    private static async Task<bool> CallAsync(Route route, ChatEvent happened, CancellationToken stop)
    {
        await route.Handle(happened, stop);
        return true;
    }

    private void Enqueue(ChatEvent happened)
    {
        waiting.Enqueue(happened);
        counts.Waiting.Add();
    }

    private void Lose(int count)
    {
        Interlocked.Add(ref lost, count);
        counts.Outcomes[HookOutcome.Lost].Add(count);
        unreported += count;
        if (reportedAt is not { } at || time.GetElapsedTime(at) >= ReportEvery) Report();
    }

    /// <summary>Written by another thread: who offers may hold locks.</summary>
    private void Report()
    {
        var count = unreported;
        (reportedAt, unreported) = (time.GetTimestamp(), 0);
        ThreadPool.UnsafeQueueUserWorkItem(_ => EventsLost(name, owner.Id, count), null);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler {Handler} of {Plugin} failed with an event {Event}.")]
    private partial void Failed(Exception? failure, string handler, string plugin, string @event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Handler {Handler} of {Plugin} missed its deadline with an event {Event}.")]
    private partial void Missed(string handler, string plugin, string @event);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler {Handler} of {Plugin} does not keep up, or stops: it was not handed {Count} events.")]
    private partial void EventsLost(string handler, string plugin, long count);

    /// <param name="Event">The type of events that it hears of.</param>
    internal sealed record Route(Type Event, Func<ChatEvent, CancellationToken, ValueTask> Handle);
}
