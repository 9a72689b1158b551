namespace Chat.LoadTest.Workers;

/// <summary>What a user does step by step, one script after the other. Any thread may use it.</summary>
/// <param name="stop">Ends the scripts early.</param>
internal sealed class UserScripts(CancellationToken stop)
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>Scripts that were due but had not begun when the run ended.</summary>
    public int Skipped { get; private set; }

    /// <summary>Ends with the last script so far.</summary>
    public Task Last
    {
        get { lock (gate) return last; }
    }

    public void Run(Func<CancellationToken, Task> next)
    {
        lock (gate) last = RunAfterAsync(last, next);
    }

    private async Task RunAfterAsync(Task before, Func<CancellationToken, Task> next)
    {
        await before;
        try
        {
            if (stop.IsCancellationRequested) Skipped++;
            else await next(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run has ended within the script.
        }
    }
}
