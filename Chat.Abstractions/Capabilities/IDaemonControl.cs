namespace Chat;

/// <summary>Shuts the daemon down, or a node of its cluster.</summary>
public interface IDaemonControl
{
    /// <summary>
    /// Starts the countdown and returns. A second call replaces the time and the reason. The calling invocation gets its answer before the
    /// daemon stops. All nodes of its cluster stop with it.
    /// </summary>
    /// <param name="delay">Zero to shut down at once.</param>
    Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation);

    /// <summary>Stops one node of the cluster, within a few seconds. If it serves, another one takes over.</summary>
    /// <returns>False if no node of that name lives, or there is no cluster.</returns>
    Task<bool> ShutdownNodeAsync(string node, CancellationToken cancellation);

    /// <returns>False if no countdown is running, or the shutdown has already begun.</returns>
    Task<bool> CancelShutdownAsync(CancellationToken cancellation);
}
