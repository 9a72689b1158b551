namespace Chat.Daemon.Messages;

/// <summary>The appends of one session whose outcome is not known yet. Safe from any thread.</summary>
internal sealed class PendingAppends
{
    /// <summary>Appends that one session may have in flight: more would be no faster, and take memory.</summary>
    private const int MaxCount = 512;
    private const long MaxBytes = 1 << 20;

    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private int count;
    private long bytes;
    private bool waitsForSpace;

    /// <summary>Whether the session must wait before its next append.</summary>
    public bool IsFull => Volatile.Read(ref count) >= MaxCount || Volatile.Read(ref bytes) >= MaxBytes;

    public bool IsEmpty => Volatile.Read(ref count) == 0;

    public void Begin(PendingAppend append)
    {
        lock (gate)
        {
            count++;
            bytes += append.Bytes;
        }
    }

    public void Complete(PendingAppend append)
    {
        lock (gate)
        {
            count--;
            bytes -= append.Bytes;
            if (waiter is null || !(count == 0 || (waitsForSpace && count < MaxCount / 2 && bytes < MaxBytes / 2))) return;
            waiter.SetResult();
            waiter = null;
        }
    }

    /// <summary>Completes when no append is in flight.</summary>
    public Task WhenEmpty() => When(forSpace: false);

    /// <summary>Completes when half of the allowance is free.</summary>
    public Task WhenSpace() => When(forSpace: true);

    private Task When(bool forSpace)
    {
        lock (gate)
        {
            if (count == 0) return Task.CompletedTask;
            waitsForSpace = forSpace && (waiter is null || waitsForSpace);
            waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }
}
