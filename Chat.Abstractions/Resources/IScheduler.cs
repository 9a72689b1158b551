namespace Chat;

/// <summary>
/// Runs work later, once or repeatedly: in memory until the plugin stops, or as jobs, which outlive new versions and restarts.
/// </summary>
/// <remarks>An exception is logged, and does not stop later runs.</remarks>
public interface IScheduler
{
    /// <summary>Runs the work once.</summary>
    /// <param name="delay">At most 49 days. What must survive a restart is a job.</param>
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

    /// <summary>
    /// Schedules a job, which is on disk when the call returns. It replaces the job of that class and name; if that one repeats on the same
    /// schedule with the same data, nothing changes, so a plugin may schedule it at each start. Limits per plugin: 10,000 jobs and
    /// 1 MiB in all; per job: 64 KiB for its data and schedule, and 256 bytes for its name with
    /// the full name of its class.
    /// </summary>
    /// <typeparam name="T">The class that runs it.</typeparam>
    /// <param name="name">
    /// A job that belongs to a user has the user's <c>Id</c> in its name, alone or between colons: then it is exported and erased with the
    /// account.
    /// </param>
    /// <exception cref="FormatException">The cron expression is wrong, or never comes true.</exception>
    /// <exception cref="RefusalException">As from <see cref="IStorage.SetAsync(string, string, CancellationToken)"/>.</exception>
    /// <exception cref="InvalidOperationException">The plugin is stopping, or the class was not added to it.</exception>
    Task ScheduleAsync<T>(string name, Schedule schedule, string data, CancellationToken cancellation) where T : class, IJob;

    /// <summary>Takes the job away. A run in progress finishes.</summary>
    /// <returns>False if there was none.</returns>
    Task<bool> CancelAsync<T>(string name, CancellationToken cancellation) where T : class, IJob;

    /// <summary>The jobs of that class whose names start with the prefix, by name.</summary>
    ValueTask<IReadOnlyList<ScheduledJob>> ListAsync<T>(string prefix, CancellationToken cancellation) where T : class, IJob;
}
