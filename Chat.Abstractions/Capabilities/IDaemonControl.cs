namespace Chat;

/// <summary>Shuts the daemon down.</summary>
public interface IDaemonControl
{
    /// <summary>
    /// Starts the countdown and returns. A second call replaces the time and the reason. The calling invocation gets its answer before the
    /// daemon stops.
    /// </summary>
    /// <param name="delay">Zero to shut down at once.</param>
    Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation);

    /// <returns>False if no countdown is running, or the shutdown has already begun.</returns>
    Task<bool> CancelShutdownAsync(CancellationToken cancellation);
}
