namespace Chat;

/// <summary>The process as a whole.</summary>
public interface IDaemonControl
{
    /// <summary>Begins the countdown and returns; a second call replaces the first one's time and reason. The invocation that asked is answered before the end.</summary>
    /// <param name="delay">Zero: at once.</param>
    Task ShutDownAsync(TimeSpan delay, string reason, CancellationToken cancellation);

    /// <returns>False where no countdown ran, or its end had begun.</returns>
    Task<bool> CancelShutDownAsync(CancellationToken cancellation);

    /// <summary>Loaded, refused and stopped ones, by id.</summary>
    IReadOnlyList<PluginSummary> Plugins { get; }
}

/// <param name="State">One of <c>discovered</c>, <c>inspected</c>, <c>starting</c>, <c>active</c>, <c>draining</c>, <c>stopped</c>, <c>collected</c>, <c>faulted</c>, <c>quarantined</c>, <c>leaked</c>.</param>
/// <param name="Note">Why it is not active, or what it stands in for; null where there is nothing to say.</param>
public sealed record PluginSummary(string Id, string Version, string State, string? Note = null);
