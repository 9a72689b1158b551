namespace Chat;

/// <summary>Runs work later, once or repeatedly, until the plugin stops.</summary>
/// <remarks>An exception is logged, and does not stop later runs.</remarks>
public interface IScheduler
{
    /// <summary>Runs the work once.</summary>
    /// <param name="delay">At most 49 days. To survive a restart of the daemon, keep the due time in <see cref="IStorage"/>.</param>
    /// <param name="work">Gets a token that is cancelled when the plugin stops.</param>
    /// <returns>Dispose it to cancel the work. A run in progress finishes.</returns>
    /// <exception cref="InvalidOperationException">1,000 pieces of work are already scheduled, or the plugin is stopping.</exception>
    IDisposable After(TimeSpan delay, Func<CancellationToken, ValueTask> work);

    /// <summary>
    /// Runs the work repeatedly, first after one period. Runs never overlap: each period starts when the previous run ends.
    /// </summary>
    /// <inheritdoc cref="After"/>
    /// <param name="period">From 10 ms to 49 days.</param>
    IDisposable Every(TimeSpan period, Func<CancellationToken, ValueTask> work);
}
