using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>
/// The events of one handler, called one after the other in their order. A runner holds a lease while there are any. An offer never waits:
/// a handler that is too slow loses the newest events, and the log says how many. Safe from any thread.
/// </summary>
internal sealed partial class HandlerQueue(
    PluginOwner owner, string name, HandlerState state, IReadOnlyList<HandlerQueue.Route> routes, HookRuntime hookRuntime)
    : IThreadPoolWorkItem
{
    private const int Capacity = 1_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5), ReportEvery = TimeSpan.FromMinutes(1);

    /// <summary>Guards all below. The owner's lock may be taken under it.</summary>
    private readonly Lock gate = new();
    private readonly Queue<ChatEvent> waiting = [];
    private PluginLease? lease; // held while the runner runs
    private long lost, unreported;
    private long? reportedAt;

    private readonly CallSite site = new("handler", name, owner.Id);
    private readonly HookCounts counts = hookRuntime.Metrics.Handler(owner.Id, name);
    private readonly TimeProvider time = hookRuntime.Time;
    private readonly ILogger log = hookRuntime.Log;

    public PluginOwner Owner => owner;

    public string Name => name;

    /// <summary>Events that the handler did not get.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public bool Hears(Type happening) => routes.Any(r => r.Event.IsAssignableFrom(happening));

    /// <summary>Whether the plugin wants events of the room, or with null of elsewhere.</summary>
    public bool Needs(long? room) => state.Needs(room);

    /// <summary>False once the plugin drains, which gets no new events.</summary>
    public bool TryOffer(ChatEvent happened)
    {
        if (!state.Needs(happened)) return true;
        lock (gate)
        {
            var isIdle = lease is null;
            if ((lease ??= owner.TryLease()) is null) return false;
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
        {
            foreach (var route in routes)
                if (route.Event.IsInstanceOfType(happened)) await HandleAsync(route, happened, held);
        }
    }

    private ChatEvent? Next(out PluginLease held)
    {
        PluginLease done;
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

    private async Task HandleAsync(Route route, ChatEvent happened, PluginLease held)
    {
        var began = time.GetTimestamp();
        var call = await hookRuntime.Calls.RunAsync(site, stop => CallAsync(route, happened, stop), Deadline, held.Stopping);
        counts.Outcomes[WordOf(call.End)].Add();
        if (call.End == CallEnd.Failed) LogFailed(call.Failure, name, owner.Id, happened.GetType().Name);
        if (call.End == CallEnd.Missed) LogMissedDeadline(name, owner.Id, happened.GetType().Name);
        // A call that ignores its cancellation delays only this handler's events, and takes only one thread.
        await ((Task)call.Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        counts.AddTime(time.GetElapsedTime(began));
    }

    private static string WordOf(CallEnd end) => end switch
    {
        CallEnd.Answered => HookOutcome.Handled,
        CallEnd.Failed => HookOutcome.Failed,
        CallEnd.Missed => HookOutcome.Missed,
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

    /// <summary>Logs on another thread, because the caller of an offer may hold locks.</summary>
    private void Report()
    {
        var count = unreported;
        (reportedAt, unreported) = (time.GetTimestamp(), 0);
        ThreadPool.UnsafeQueueUserWorkItem(_ => LogEventsLost(name, owner.Id, count), null);
    }

    [LoggerMessage(EventId = 757, EventName = "HandlerFailed", Level = LogLevel.Error,
        Message = "Handler failed: {Handler} of plugin {Plugin}, event {Event}")]
    private partial void LogFailed(Exception? failure, string handler, string plugin, string @event);

    [LoggerMessage(EventId = 758, EventName = "HandlerMissedDeadline", Level = LogLevel.Warning,
        Message = "Handler missed its deadline: {Handler} of plugin {Plugin}, event {Event}")]
    private partial void LogMissedDeadline(string handler, string plugin, string @event);

    [LoggerMessage(EventId = 759, EventName = "EventsLost", Level = LogLevel.Error,
        Message = "Events lost: {Count} for handler {Handler} of plugin {Plugin}, which is too slow or has stopped")]
    private partial void LogEventsLost(string handler, string plugin, long count);

    /// <param name="Event">The type of events that it gets.</param>
    internal sealed record Route(Type Event, Func<ChatEvent, CancellationToken, ValueTask> Handle);
}
