namespace Chat.Daemon.Plugins.Resources;

/// <inheritdoc cref="IScheduler"/>
/// <remarks>Work in memory ends with the generation; jobs stay.</remarks>
internal sealed class DurableScheduler(PluginScheduler scheduler, PluginJobs jobs, IReadOnlyCollection<string> jobTypes) : IScheduler
{
    public IDisposable After(TimeSpan delay, Func<CancellationToken, ValueTask> work) => scheduler.After(delay, work);

    public IDisposable Every(TimeSpan period, Func<CancellationToken, ValueTask> work) => scheduler.Every(period, work);

    public Task ScheduleAsync<T>(string name, Schedule schedule, string data, CancellationToken cancellation) where T : class, IJob
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(data);
        scheduler.ThrowIfEnded();
        if (!jobTypes.Contains(NameOf<T>()))
            throw new InvalidOperationException($"{NameOf<T>()} is not a class of this plugin. Add it with IPluginBuilder.Job.");
        return jobs.ScheduleAsync(StoredJob.KeyOf(NameOf<T>(), name), schedule, data, cancellation);
    }

    public Task<bool> CancelAsync<T>(string name, CancellationToken cancellation) where T : class, IJob
    {
        scheduler.ThrowIfEnded();
        return jobs.CancelAsync(StoredJob.KeyOf(NameOf<T>(), name), cancellation);
    }

    public ValueTask<IReadOnlyList<ScheduledJob>> ListAsync<T>(string prefix, CancellationToken cancellation) where T : class, IJob
    {
        scheduler.ThrowIfEnded();
        return jobs.ListAsync(StoredJob.KeyOf(NameOf<T>(), prefix), cancellation);
    }

    private static string NameOf<T>() => typeof(T).FullName!;
}
