namespace Chat;

/// <summary>Runs work later, or again and again, as long as the plugin lives: what is scheduled ends with it. What throws is logged, and does not keep the next run from coming.</summary>
public interface IScheduler
{
    /// <param name="delay">At most 49 days; what must outlive a restart of the daemon belongs into <see cref="IStorage"/>.</param>
    /// <param name="work">Gets a token that is cancelled when the plugin stops.</param>
    /// <returns>Dispose it to take the work back; a run that has begun goes on.</returns>
    /// <exception cref="InvalidOperationException">1,000 works wait already, or the plugin stops.</exception>
    IDisposable After(TimeSpan delay, Func<CancellationToken, ValueTask> work);

    /// <summary>First after one period; runs never overlap, and the period begins where a run ends.</summary>
    /// <inheritdoc cref="After"/>
    /// <param name="period">At least 10 ms, at most 49 days.</param>
    IDisposable Every(TimeSpan period, Func<CancellationToken, ValueTask> work);
}
