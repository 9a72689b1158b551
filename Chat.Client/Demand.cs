namespace Chat.Client;

/// <summary>
/// How many wait for an answer of the daemon. While somebody does, reading from the socket must go on even if nobody takes the events:
/// the one who waits may be the one who should take them.
/// </summary>
internal sealed class Demand
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAny => Volatile.Read(ref count) > 0;

    /// <summary>Completes once somebody waits.</summary>
    public Task Raised
    {
        get
        {
            lock (gate) return raised.Task;
        }
    }

    public void Enter()
    {
        lock (gate)
            if (count++ == 0) raised.TrySetResult();
    }

    public void Leave()
    {
        lock (gate)
            if (--count == 0) raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
