using Chat.Protocol;

namespace Chat.Testing;

/// <summary>What has come to a user and was not taken yet, in order. Safe from any thread.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new(); // guards the three below
    private readonly List<DaemonFrame> frames = [];
    private TaskCompletionSource changed = NewSignal();
    private bool ended;

    public IReadOnlyList<DaemonFrame> Waiting
    {
        get
        {
            lock (gate) return [.. frames];
        }
    }

    public void Add(DaemonFrame frame) => Change(() => frames.Add(frame));

    /// <summary>Nothing more will come.</summary>
    public void End() => Change(() => ended = true);

    /// <summary>Takes the last one that is wanted; null where none is there now.</summary>
    public T? TakeLast<T>(Func<T, bool> wanted) where T : DaemonFrame
    {
        lock (gate)
        {
            var at = frames.FindLastIndex(frame => frame is T t && wanted(t));
            return at < 0 ? null : (T)TakeAt(at);
        }
    }

    /// <summary>Takes the first one that is wanted, when it comes; null where none can come any more.</summary>
    public async Task<DaemonFrame?> TakeAsync(Func<DaemonFrame, bool> wanted, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                var at = frames.FindIndex(frame => wanted(frame));
                if (at >= 0) return TakeAt(at);
                if (ended) return null;
                next = changed.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    private DaemonFrame TakeAt(int at)
    {
        var taken = frames[at];
        frames.RemoveAt(at);
        return taken;
    }

    private void Change(Action change)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            change();
            waiting = changed;
            changed = NewSignal();
        }
        waiting.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
