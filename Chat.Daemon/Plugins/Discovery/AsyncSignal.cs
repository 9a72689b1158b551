namespace Chat.Daemon.Plugins.Discovery;

/// <summary>Wakes the one who waits. Rung before the wait, or twice, it wakes once.</summary>
internal sealed class AsyncSignal(TimeProvider time)
{
    private volatile TaskCompletionSource rung = New();

    public void Ring() => rung.TrySetResult();

    /// <summary>Until it rings, the time is over, or the wait is cancelled; does not throw.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await rung.Task.WaitAsync(limit, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (rung.Task.IsCompleted) rung = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
