namespace Chat;

/// <summary>The process as a whole.</summary>
public interface IDaemonControl
{
    /// <summary>Begins the countdown and returns; a second call replaces the first one's time and reason. The invocation that asked is answered before the end.</summary>
    /// <param name="delay">Zero: at once.</param>
    Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation);

    /// <returns>False where no countdown ran, or its end had begun.</returns>
    Task<bool> CancelShutdownAsync(CancellationToken cancellation);
}
