namespace Chat.Daemon.Plugins.Resources;

/// <summary>The jobs of a plugin that wait, by their time, and those that run. Not safe: its owner locks.</summary>
internal sealed class JobQueue
{
    private static readonly Comparer<(DateTimeOffset Due, string Key)> ByTime = Comparer<(DateTimeOffset Due, string Key)>.Create(
        static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : string.CompareOrdinal(a.Key, b.Key));

    private readonly Dictionary<string, DateTimeOffset> dues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobRunner> running = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset Due, string Key)> ready = new(ByTime); // those that do not run

    public int Running => running.Count;

    /// <summary>The job that is due next and does not run.</summary>
    public (DateTimeOffset Due, string Key)? Next => ready.Count > 0 ? ready.Min : null;

    /// <summary>Adds a job, or moves it.</summary>
    public void Set(string key, DateTimeOffset due)
    {
        Remove(key);
        dues[key] = due;
        if (!running.ContainsKey(key)) ready.Add((due, key));
    }

    /// <summary>Moves a job that is still there.</summary>
    public void Delay(string key, DateTimeOffset due)
    {
        if (dues.ContainsKey(key)) Set(key, due);
    }

    public void Remove(string key)
    {
        if (dues.Remove(key, out var due)) ready.Remove((due, key));
    }

    /// <summary>Forgets all that wait. What runs stays.</summary>
    public void Clear()
    {
        dues.Clear();
        ready.Clear();
    }

    public void Start(string key, JobRunner runner)
    {
        ready.Remove((dues[key], key));
        running[key] = runner;
    }

    /// <summary>It runs no more, or is waited for no longer. If it is still in the queue, it runs again at its time.</summary>
    public void End(string key, JobRunner runner)
    {
        if (running.GetValueOrDefault(key) != runner) return;
        running.Remove(key);
        if (dues.TryGetValue(key, out var due)) ready.Add((due, key));
    }

    public void EndAll(JobRunner runner)
    {
        foreach (var (key, _) in running.Where(r => r.Value == runner).ToList()) End(key, runner);
    }
}
