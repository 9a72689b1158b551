namespace Chat.Daemon.Hooks;

/// <summary>
/// How many calls of one piece of plugin code may run at once: each may hold a thread. A call counts until its code has really ended, even
/// if its caller has long had an answer. Safe from any thread.
/// </summary>
internal sealed class CallLimit(int most)
{
    private readonly Lock gate = new(); // guards both below; nothing is called under it
    private int running;
    private bool isReported;

    public int Most => most;

    /// <summary>Whether another call may run. If so, call <see cref="Leave"/> when its code has ended.</summary>
    /// <param name="isNews">A refusal to report: the first since no more than half of the calls ran.</param>
    public bool TryEnter(out bool isNews)
    {
        lock (gate)
        {
            isNews = running == most && !isReported;
            if (running < most)
            {
                running++;
                return true;
            }
            isReported = true;
            return false;
        }
    }

    public void Leave()
    {
        lock (gate)
            if (--running <= most / 2) isReported = false;
    }
}
