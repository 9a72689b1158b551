namespace Chat.Daemon.Hooks;

/// <summary>
/// Limits the calls of one piece of plugin code that hold a thread of the pool: those that have not come to their first await, and those
/// that still run after their callers gave up. Others wait for one of these to end; if none does, they are refused. A call that
/// awaits counts only among all that run. Safe from any thread.
/// </summary>
/// <param name="most">Calls that may hold a thread at once.</param>
/// <param name="patience">How long a call waits. Zero: it does not.</param>
internal sealed class CallGate(int most, TimeSpan patience)
{
    /// <summary>Of calls that run at all, because what they do after an await is not seen: they may block a thread as well.</summary>
    public const int MostRunning = 256;

    private readonly Lock gate = new(); // guards all below; nothing is called under it
    private readonly Queue<TaskCompletionSource<bool>> waiting = [];
    private int held, running;
    private bool isStuck, isReported;

    /// <summary>Null refuses the call. Else tell the slot how the call goes on.</summary>
    /// <exception cref="OperationCanceledException">The caller quit.</exception>
    public async ValueTask<CallSlot?> EnterAsync(TimeProvider time, CancellationToken quit)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            if (TryHold()) return new(this);
            if (isStuck || patience == TimeSpan.Zero) return null;
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
        }
        await ((Task)turn.Task).WaitAsync(patience, time, quit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!turn.TrySetResult(false)) return new(this); // its turn came
        quit.ThrowIfCancellationRequested();
        lock (gate) isStuck = held >= most || running >= MostRunning;
        return null;
    }

    /// <summary>Calls that hold a thread, or that run if these are at the limit. Null if reported, until half of them have ended.</summary>
    public int? Report()
    {
        lock (gate)
        {
            if (isReported) return null;
            isReported = true;
            return held >= most ? held : running;
        }
    }

    /// <summary>A call has come to its first await, or has ended there.</summary>
    internal void Release(int threads, int calls)
    {
        lock (gate)
        {
            held -= threads;
            running -= calls;
            if (held <= most / 2 && running <= MostRunning / 2) isReported = false;
            isStuck = isStuck && (held >= most || running >= MostRunning);
            while (waiting.Count > 0 && held < most && running < MostRunning)
                if (waiting.Dequeue().TrySetResult(true)) TryHold();
        }
    }

    /// <summary>A call that awaits has outlived its caller.</summary>
    internal void Hold()
    {
        lock (gate) held++;
    }

    private bool TryHold()
    {
        if (held >= most || running >= MostRunning) return false;
        held++;
        running++;
        return true;
    }
}
