namespace Chat.Testing;

/// <summary>The frames that arrived and were not taken yet, in order. Thread-safe.</summary>
internal sealed class Arrivals<TFrame> where TFrame : class
{
    private readonly Lock gate = new(); // guards the fields below
    private readonly List<TFrame> frames = [];

    /// <summary>Frames at the front of the list that are taken: removing each at once would move all that wait behind it.</summary>
    private int first;
    private TaskCompletionSource changed = NewSignal();
    private bool ended;

    public IReadOnlyList<TFrame> Waiting
    {
        get
        {
            lock (gate) return frames[first..];
        }
    }

    public void Add(TFrame frame) => Change(() => frames.Add(frame));

    /// <summary>No more frames will arrive.</summary>
    public void End() => Change(() => ended = true);

    /// <summary>Takes the last matching frame; null if there is none now.</summary>
    public T? TakeLast<T>(Func<T, bool> wanted) where T : class, TFrame
    {
        lock (gate)
        {
            var at = frames.FindLastIndex(frames.Count - 1, frames.Count - first, frame => frame is T t && wanted(t));
            return at < 0 ? null : (T)TakeAt(at);
        }
    }

    /// <summary>Waits for the first matching frame and takes it. Null if no more frames can arrive.</summary>
    public async Task<TFrame?> TakeAsync(Func<TFrame, bool> wanted, bool dropEarlier, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                var at = frames.FindIndex(first, frame => wanted(frame));
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
        if (dropEarlier || at == first) first = at + 1;
        else frames.RemoveAt(at);
        if (first > frames.Count / 2)
        {
            frames.RemoveRange(0, first);
            first = 0;
        }
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
