namespace Chat.Daemon.Search;

/// <summary>
/// Those who wait until the index has forgotten what was changed or deleted. What is asked while others are being served waits for its own
/// turn: users who keep editing cannot hold anybody up. Safe from any thread.
/// </summary>
internal sealed class ForgetQueue
{
    private readonly Lock gate = new(); // guards all below
    private List<TaskCompletionSource> asked = [], taken = [];
    private bool closed;

    /// <summary>Whether somebody is being served.</summary>
    public bool IsTaken
    {
        get
        {
            lock (gate) return taken.Count > 0;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (gate) return taken.Count + asked.Count == 0;
        }
    }

    public Task AskAsync()
    {
        var forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (closed) forgotten.SetCanceled();
            else asked.Add(forgotten);
        }
        return forgotten.Task;
    }

    /// <summary>Begins to serve all who have asked until now, unless others are being served.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            if (taken.Count > 0 || asked.Count == 0) return false;
            (asked, taken) = (taken, asked);
            return true;
        }
    }

    /// <summary>Those who were being served wait again: the index was opened anew.</summary>
    public void PutBack()
    {
        lock (gate)
        {
            asked.AddRange(taken);
            taken.Clear();
        }
    }

    /// <summary>Answers those who were being served.</summary>
    public void CompleteTaken()
    {
        lock (gate)
        {
            foreach (var forgotten in taken) forgotten.SetResult();
            taken.Clear();
        }
    }

    /// <summary>Answers all: the index is deleted.</summary>
    public void CompleteAll()
    {
        lock (gate)
        {
            PutBack();
            foreach (var forgotten in asked) forgotten.SetResult();
            asked.Clear();
        }
    }

    /// <summary>Nobody is served any more: the tasks of those who wait, and of those who ask later, are cancelled.</summary>
    public void Close()
    {
        lock (gate)
        {
            PutBack();
            closed = true;
            foreach (var forgotten in asked) forgotten.SetCanceled();
            asked.Clear();
        }
    }
}
