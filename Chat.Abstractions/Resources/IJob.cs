namespace Chat;

/// <summary>
/// Work that a plugin schedules with <see cref="IScheduler.ScheduleAsync{T}"/>. A class that implements it needs no registration, and lives
/// as long as the plugin. Keep its full name: the next version finds its jobs by it.
/// </summary>
public interface IJob
{
    /// <summary>Runs a job that is due. Jobs of different names may run at the same time.</summary>
    /// <param name="cancellation">
    /// Cancelled after 60 s, and when the plugin stops. A run that the stop has cancelled is repeated by the next version.
    /// </param>
    ValueTask RunAsync(ScheduledJob job, CancellationToken cancellation);
}
