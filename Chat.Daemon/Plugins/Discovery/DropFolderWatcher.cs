using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>
/// Compares snapshots of the drop folders and reports changes once they have settled. One thread at a time.
/// </summary>
internal sealed partial class DropFolderWatcher(
    PluginFolders folders, PluginTimings timings, FolderEvents events, SteadyTime time, ILogger<DropFolderWatcher> log)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<PluginSource, Entry> entries = [];
    private readonly Dictionary<string, string> problems = [];

    /// <summary>Without the shipped folder, even if it is also configured as a drop folder: its plugins are scanned only once.</summary>
    private readonly List<string> dropped =
        [.. folders.Dropped.Select(FullPath).Distinct().Where(folder => folder != FullPath(folders.Shipped))];

    /// <summary>Time until the next change can settle, or until the next poll.</summary>
    public TimeSpan NextScanDelay
    {
        get
        {
            var now = time.GetTimestamp();
            var delay = entries.Values.Where(e => e.IsChanged).Select(e => DelayOf(e) - time.GetElapsedTime(e.Since, now))
                .Append(timings.Poll).Min();
            return delay > ShortestDelay ? delay : ShortestDelay;
        }
    }

    /// <summary>
    /// All plugins at start-up, settled or not. The shipped ones come first, so that no dropped plugin takes a command from them.
    /// </summary>
    public IReadOnlyList<SourceChange> ScanAll()
    {
        var shipped = SourcesIn(FullPath(folders.Shipped), PluginOrigin.Shipped) ?? [];
        Scan();
        foreach (var entry in entries.Values) entry.Accepted = entry.Current;
        return
        [
            .. shipped.Select(source => new SourceChange(source, source.Snapshot(), IsFinal: true)),
            .. entries.OrderBy(e => PrecedenceOf(e.Key)).Select(e => new SourceChange(e.Key, e.Value.Current, IsFinal: !IsRecent(e.Key))),
        ];
    }

    /// <summary>The changes that have settled since the last scan.</summary>
    public IReadOnlyList<SourceChange> Scan()
    {
        events.Watch(dropped);
        var now = time.GetTimestamp();
        foreach (var folder in dropped) TakeSnapshots(folder, now);
        List<SourceChange> settled =
        [
            .. entries.Where(e => e.Value.IsChanged && time.GetElapsedTime(e.Value.Since, now) >= DelayOf(e.Value))
                .OrderBy(e => PrecedenceOf(e.Key))
                .Select(e => new SourceChange(e.Key, e.Value.Current, e.Value.IsIncomplete)),
        ];
        foreach (var change in settled) entries[change.Source].Accepted = change.Snapshot;
        foreach (var (source, _) in entries.Where(e => e.Value is { Accepted: null, Current: null })) entries.Remove(source);
        return settled;
    }

    /// <summary>
    /// Reports the change again: after the longer delay for incomplete plugins if the files have not changed, otherwise once they settle.
    /// </summary>
    public void Requeue(SourceChange change)
    {
        if (!entries.TryGetValue(change.Source, out var entry)) return;
        entry.Accepted = "";
        entry.IsIncomplete = change.IsCurrent;
    }

    /// <summary>Orders by folder, then by name. Of two plugins that conflict, the first wins.</summary>
    public (int Folder, string Name, string Path) PrecedenceOf(PluginSource source)
    {
        var folder = source.Origin is PluginOrigin.Shipped ? -1 : dropped.IndexOf(Path.GetDirectoryName(source.Path)!);
        return (folder, source.Name.ToUpperInvariant(), source.Path);
    }

    /// <summary>It may still be arriving.</summary>
    private bool IsRecent(PluginSource source) =>
        time.TimeOfDay - source.LastWriteTime() is { } age && age >= TimeSpan.Zero && age < timings.Incomplete;

    private TimeSpan DelayOf(Entry entry) => entry.IsIncomplete ? timings.Incomplete : timings.Settle;

    private void TakeSnapshots(string folder, long now)
    {
        // An unreadable folder counts as unchanged: a network share that is gone for an hour removes no plugin.
        if (SourcesIn(folder, PluginOrigin.Dropped) is not { } sources) return;
        foreach (var source in sources) entries.TryAdd(source, new());
        var present = sources.ToHashSet();
        foreach (var (source, entry) in entries)
            if (Path.GetDirectoryName(source.Path) == folder) entry.Update(present.Contains(source) ? source.Snapshot() : null, now);
    }

    private IReadOnlyList<PluginSource>? SourcesIn(string folder, PluginOrigin origin)
    {
        var scan = FolderScan.Of(folder, origin);
        if (scan.Problem is not { } problem)
        {
            problems.Remove(folder);
            return scan.Sources;
        }
        if (problems.GetValueOrDefault(folder) != problem) LogFolderRefused(Printable.Escape(folder), problem);
        problems[folder] = problem;
        return null;
    }

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    [LoggerMessage(
        EventId = 770, EventName = "PluginFolderRefused", Level = LogLevel.Error,
        Message = "Plugin folder {Path} is not used. {Reason}")]
    private partial void LogFolderRefused(string path, string reason);

    private sealed class Entry
    {
        /// <summary>The snapshot of the last reported change; null if the plugin was not there.</summary>
        public string? Accepted { get; set; }

        public string? Current { get; private set; }

        /// <summary>When the current snapshot was first taken.</summary>
        public long Since { get; private set; }

        public bool IsIncomplete { get; set; }

        public bool IsChanged => Current != Accepted;

        public void Update(string? snapshot, long now)
        {
            if (snapshot == Current) return;
            (Current, Since, IsIncomplete) = (snapshot, now, false);
        }
    }
}
