namespace Chat.Daemon.Messages;

/// <summary>What one session has begun to append and does not yet know the outcome of. Safe from any thread.</summary>
internal sealed class PendingAppends
{
    /// <summary>Messages that one session may have on their way: more would be no faster, and hold memory.</summary>
    private const int MaxCount = 512;
    private const long MaxBytes = 1 << 20;

    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private int count;
    private long bytes;
    private bool waitsForRoom;

    /// <summary>Whether the loop must wait before it begins another.</summary>
    public bool IsFull => Volatile.Read(ref count) >= MaxCount || Volatile.Read(ref bytes) >= MaxBytes;

    public bool IsEmpty => Volatile.Read(ref count) == 0;

    public void Begin(PendingMessage message)
    {
        lock (gate)
        {
            count++;
            bytes += message.Bytes;
        }
    }

    public void Complete(PendingMessage message)
    {
        lock (gate)
        {
            count--;
            bytes -= message.Bytes;
            if (waiter is null || !(count == 0 || (waitsForRoom && count < MaxCount / 2 && bytes < MaxBytes / 2))) return;
            waiter.SetResult();
            waiter = null;
        }
    }

    /// <summary>Completes when none is on its way.</summary>
    public Task WhenEmpty() => When(forRoom: false);

    /// <summary>Completes when half of what is allowed is free again.</summary>
    public Task WhenRoom() => When(forRoom: true);

    private Task When(bool forRoom)
    {
        lock (gate)
        {
            if (count == 0) return Task.CompletedTask;
            waitsForRoom = forRoom && (waiter is null || waitsForRoom);
            waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }
}
