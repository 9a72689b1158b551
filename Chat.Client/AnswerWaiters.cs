namespace Chat.Client;

/// <summary>
/// Counts callers that await an answer. While there are any, the receive loop must not block on a full event queue:
/// the caller that awaits the answer may be the one that reads the events.
/// </summary>
internal sealed class AnswerWaiters
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAny => Volatile.Read(ref count) > 0;

    /// <summary>Completes when the count is above zero.</summary>
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
