namespace Chat.TestKit;

/// <summary>What has arrived and was not taken yet. Safe from any thread.</summary>
internal sealed class Inbox
{
    private readonly Lock gate = new();
    private readonly List<ReceivedFrame> frames = [];
    private TaskCompletionSource changed = NewSignal();
    private bool ended;

    public void Add(ReceivedFrame frame) => Change(() => frames.Add(frame));

    /// <summary>Nothing more will come.</summary>
    public void End() => Change(() => ended = true);

    public IReadOnlyList<ReceivedFrame> Waiting
    {
        get
        {
            lock (gate) return [.. frames];
        }
    }

    /// <summary>Takes the first frame that is wanted, with all before it where <paramref name="dropEarlier"/>; null where none is there and none can come.</summary>
    public async Task<ReceivedFrame?> TakeAsync(Func<ReceivedFrame, bool> wanted, bool dropEarlier, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (frames.FindIndex(f => wanted(f)) is >= 0 and var at)
                {
                    var found = frames[at];
                    frames.RemoveRange(dropEarlier ? 0 : at, dropEarlier ? at + 1 : 1);
                    return found;
                }
                if (ended) return null;
                next = changed.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource waiters;
        lock (gate)
        {
            change();
            waiters = changed;
            changed = NewSignal();
        }
        waiters.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
