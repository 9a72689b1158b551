namespace Chat.Daemon.Hooks;

/// <summary>Calls that ended for their callers and may still run, each perhaps on a thread. Safe from any thread.</summary>
internal sealed class AbandonedCalls
{
    private readonly Lock gate = new(); // guards the list; nothing is called under it
    private readonly List<Task> calls = [];

    /// <summary>Calls that still run.</summary>
    public int Count
    {
        get
        {
            lock (gate) return ForgetEnded();
        }
    }

    public void Add(Task running)
    {
        lock (gate)
        {
            ForgetEnded();
            calls.Add(running);
        }
    }

    private int ForgetEnded()
    {
        calls.RemoveAll(static call => call.IsCompleted);
        return calls.Count;
    }
}
