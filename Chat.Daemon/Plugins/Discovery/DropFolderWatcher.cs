namespace Chat.Daemon.Plugins.Discovery;

/// <param name="Sample">What it looks like now; null: it is gone.</param>
/// <param name="IsLast">Nothing more is waited for, even if it is not whole.</param>
internal sealed record SourceChange(PluginSource Source, string? Sample, bool IsLast);

/// <summary>Tells what has changed in the drop folders, once it has settled. Used by one thread at a time.</summary>
/// <param name="refused">Told of a folder that is not used, and why; once as long as that is so.</param>
internal sealed class DropFolderWatcher(PluginPlaces places, PluginTimes times, TimeProvider time, Action<string, string> refused)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<PluginSource, Sight> sights = [];
    private readonly Dictionary<string, string> problems = [];
    private readonly string shipped = FullPath(places.Shipped);

    /// <summary>In the order of the settings; the shipped ones are none, and don't change while the daemon runs.</summary>
    public IReadOnlyList<string> Folders { get; } = [.. places.Dropped.Select(FullPath).Distinct().Where(folder => folder != FullPath(places.Shipped))];

    /// <summary>Until the next look is worth while: something will have settled then, or it is time to poll.</summary>
    public TimeSpan Pause
    {
        get
        {
            var now = time.GetTimestamp();
            var due = sights.Values.Where(s => s.IsChanged).Select(s => Limit(s) - time.GetElapsedTime(s.Since, now)).Append(times.Poll).Min();
            return due > Least ? due : Least;
        }
    }

    /// <summary>All that lies there now, settled or not; the shipped ones first: no dropped one takes a command away from them by its name.</summary>
    public IReadOnlyList<SourceChange> Begin()
    {
        var own = Scan(shipped, PluginOrigin.Shipped)?.Select(source => new SourceChange(source, SourceSample.Of(source), IsLast: true)) ?? [];
        Look();
        foreach (var sight in sights.Values) sight.Accepted = sight.Current;
        return [.. own, .. sights.OrderBy(s => PlaceOf(s.Key)).Select(s => new SourceChange(s.Key, s.Value.Current, IsLast: !IsYoung(s.Key)))];
    }

    /// <summary>What has settled since the last look.</summary>
    public IReadOnlyList<SourceChange> Look()
    {
        var now = time.GetTimestamp();
        foreach (var folder in Folders) Sample(folder, now);
        var settled = sights.Where(s => s.Value.IsChanged && time.GetElapsedTime(s.Value.Since, now) >= Limit(s.Value))
            .OrderBy(s => PlaceOf(s.Key)).Select(s => new SourceChange(s.Key, s.Value.Current, s.Value.IsPatient)).ToList();
        foreach (var change in settled) sights[change.Source].Accepted = change.Sample;
        foreach (var (source, _) in sights.Where(s => s.Value is { Accepted: null, Current: null })) sights.Remove(source);
        return settled;
    }

    /// <summary>The change was not taken: it comes again, later where <paramref name="patiently"/>, and at once if it looks otherwise by then.</summary>
    public void GiveBack(SourceChange change, bool patiently)
    {
        if (!sights.TryGetValue(change.Source, out var sight)) return;
        sight.Accepted = "";
        sight.IsPatient = patiently;
    }

    /// <summary>By folder, then by name: of two rivals the lesser one wins.</summary>
    public (int Folder, string Name, string Path) PlaceOf(PluginSource source)
    {
        var folder = source.Origin is PluginOrigin.Shipped ? -1 : Folders.ToList().IndexOf(Path.GetDirectoryName(source.Path)!);
        return (folder, source.Name.ToUpperInvariant(), source.Path);
    }

    /// <summary>Somebody may be copying it right now.</summary>
    private bool IsYoung(PluginSource source) => time.GetUtcNow() - SourceSample.TouchedAt(source) is { } age && age >= TimeSpan.Zero && age < times.Patience;

    private TimeSpan Limit(Sight sight) => sight.IsPatient ? times.Patience : times.Settle;

    private void Sample(string folder, long now)
    {
        // What can't be looked at stays as it is: an hour without the network share removes no plugin.
        if (Scan(folder, PluginOrigin.Dropped) is not { } here) return;
        foreach (var source in here) sights.TryAdd(source, new());
        var there = here.ToHashSet();
        foreach (var (source, sight) in sights)
            if (Path.GetDirectoryName(source.Path) == folder) sight.See(there.Contains(source) ? SourceSample.Of(source) : null, now);
    }

    private IReadOnlyList<PluginSource>? Scan(string folder, PluginOrigin origin)
    {
        var scan = FolderScan.Of(folder, origin);
        if (scan.Problem is not { } problem)
        {
            problems.Remove(folder);
            return scan.Sources;
        }
        if (problems.GetValueOrDefault(folder) != problem) refused(folder, problem);
        problems[folder] = problem;
        return null;
    }

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private sealed class Sight
    {
        /// <summary>What the last settled change was; null: it is not there.</summary>
        public string? Accepted { get; set; }

        public string? Current { get; private set; }

        /// <summary>When it first looked as it does.</summary>
        public long Since { get; private set; }

        public bool IsPatient { get; set; }

        public bool IsChanged => Current != Accepted;

        public void See(string? sample, long now)
        {
            if (sample == Current) return;
            (Current, Since, IsPatient) = (sample, now, false);
        }
    }
}
