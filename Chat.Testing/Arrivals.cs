namespace Chat.Testing;

/// <summary>What has come over a connection and was not taken yet, in order. Safe from any thread.</summary>
internal sealed class Arrivals<TFrame> where TFrame : class
{
    private readonly Lock gate = new(); // guards the three below
    private readonly List<TFrame> frames = [];
    private TaskCompletionSource changed = NewSignal();
    private bool ended;

    public IReadOnlyList<TFrame> Waiting
    {
        get
        {
            lock (gate) return [.. frames];
        }
    }

    public void Add(TFrame frame) => Change(() => frames.Add(frame));

    /// <summary>Nothing more will come.</summary>
    public void End() => Change(() => ended = true);

    /// <summary>Takes the last one that is wanted; null where none is there now.</summary>
    public T? TakeLast<T>(Func<T, bool> wanted) where T : class, TFrame
    {
        lock (gate)
        {
            var at = frames.FindLastIndex(frame => frame is T t && wanted(t));
            return at < 0 ? null : (T)TakeAt(at);
        }
    }

    /// <summary>Takes the first one that is wanted, when it comes, with all before it where <paramref name="dropEarlier"/>; null where none can come any more.</summary>
    public async Task<TFrame?> TakeAsync(Func<TFrame, bool> wanted, bool dropEarlier, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                var at = frames.FindIndex(frame => wanted(frame));
                if (at >= 0) return TakeAt(at, dropEarlier);
                if (ended) return null;
                next = changed.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    private TFrame TakeAt(int at, bool dropEarlier = false)
    {
        var taken = frames[at];
        if (dropEarlier) frames.RemoveRange(0, at + 1);
        else frames.RemoveAt(at);
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
