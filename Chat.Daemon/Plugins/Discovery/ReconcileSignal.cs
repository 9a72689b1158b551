namespace Chat.Daemon.Plugins.Discovery;

/// <summary>Wakes the reconcile loop. A signal before the wait counts; several wake it once. Safe from any thread.</summary>
internal sealed class ReconcileSignal(TimeProvider time)
{
    private volatile TaskCompletionSource signal = New();
    private bool isRequested;

    /// <summary>Scan the folders now.</summary>
    public void Wake() => signal.TrySetResult();

    /// <summary>Scan now, and reconcile even if no file has changed.</summary>
    public void RequestReconcile()
    {
        Volatile.Write(ref isRequested, true);
        Wake();
    }

    /// <summary>Whether a reconcile was requested since the last call.</summary>
    public bool TakeRequest() => Interlocked.Exchange(ref isRequested, false);

    /// <summary>Returns on a signal, after the limit, or when cancelled. Does not throw.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await signal.Task.WaitAsync(limit, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (signal.Task.IsCompleted) signal = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
