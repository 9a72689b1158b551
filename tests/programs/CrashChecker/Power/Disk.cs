namespace CrashChecker.Power;

/// <summary>
/// The files below a folder, as a trace of calls leaves them. A file's content is sure once the file is synced; its name, once its folder
/// is. Folders themselves count as sure at once, and names of one folder reach the disk in the order of their changes, as with every
/// journaling file system.
/// </summary>
internal sealed class Disk
{
    private readonly Dictionary<string, StoredFile> names = [];
    private readonly Dictionary<string, StoredFile> sureNames = [];
    private readonly Dictionary<string, List<NameChange>> pendingNames = [];
    private readonly Dictionary<int, (StoredFile? File, string Path)> open = [];

    /// <param name="before">A folder whose files are on the disk.</param>
    /// <param name="root">Where the trace says they are.</param>
    public Disk(string before, string root)
    {
        if (!Directory.Exists(before)) return;
        foreach (var path in Directory.EnumerateFiles(before, "*", SearchOption.AllDirectories))
        {
            var name = Path.Combine(root, Path.GetRelativePath(before, path));
            names[name] = sureNames[name] = new StoredFile(File.ReadAllBytes(path));
        }
    }

    /// <summary>For a disk that forgets everything, to prove that the checks find it.</summary>
    public bool IgnoresSyncs { get; init; }

    /// <summary>What the daemon sees, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Current => names.ToDictionary(name => name.Key, name => name.Value.Current);

    public void Apply(TraceRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Opened: Open(record); break;
            case RecordKind.Wrote: FileOf(record).Write(record.Offset, record.Data); break;
            case RecordKind.Truncated: FileOf(record).Truncate(record.Offset); break;
            case RecordKind.Synced: Sync(record); break;
            case RecordKind.Renamed: Rename(record.Names); break;
            case RecordKind.Linked: Change(record.Names.To, names[record.Names.From]); break;
            case RecordKind.Unlinked: Change(record.Name, null); break;
            case RecordKind.Closed: open.Remove(record.Descriptor); break;
            default: break; // folders; failed calls; mapped files, which the caller judges
        }
    }

    /// <summary>What could be left, by path. With null, only what is sure.</summary>
    public Dictionary<string, byte[]> AfterPowerLoss(Random? random)
    {
        var left = new Dictionary<string, StoredFile>(sureNames);
        foreach (var changes in pendingNames.Values)
            foreach (var change in changes.Take(random?.Next(changes.Count + 1) ?? 0)) change.ApplyTo(left);
        return left.OrderBy(name => name.Key, StringComparer.Ordinal)
            .ToDictionary(name => name.Key, name => name.Value.AfterPowerLoss(random));
    }

    private void Open(TraceRecord record)
    {
        if (record.IsCreation) Change(record.Name, new StoredFile([]));
        var file = names.GetValueOrDefault(record.Name);
        open[record.Descriptor] = (file, record.Name); // no file: a folder
        if (record.IsEmptying && !record.IsCreation) file?.Truncate(0);
    }

    private StoredFile FileOf(TraceRecord record) => open[record.Descriptor].File
        ?? throw new InvalidDataException($"descriptor {record.Descriptor} is a folder");

    private void Sync(TraceRecord record)
    {
        if (IgnoresSyncs) return;
        var (file, path) = open[record.Descriptor];
        if (record.Result < 0) file?.FailSync();
        else if (file is not null) file.Sync();
        else if (pendingNames.Remove(path.TrimEnd('/'), out var changes))
            foreach (var change in changes) change.ApplyTo(sureNames);
    }

    private void Change(string path, StoredFile? file)
    {
        var change = new NameChange(path, file);
        change.ApplyTo(names);
        var folder = Path.GetDirectoryName(path)!;
        if (!pendingNames.TryGetValue(folder, out var changes)) pendingNames[folder] = changes = [];
        changes.Add(change);
    }

    private void Rename((string From, string To) renamed)
    {
        var (from, to) = renamed;
        if (names.TryGetValue(from, out var file))
        {
            Change(to, file);
            Change(from, null);
            return;
        }
        foreach (var map in (Dictionary<string, StoredFile>[])[names, sureNames])
            foreach (var path in map.Keys.Where(path => IsInside(path, from)).ToList())
                if (map.Remove(path, out var inside)) map[to + path[from.Length..]] = inside;
        foreach (var folder in pendingNames.Keys.Where(folder => folder == from || IsInside(folder, from)).ToList())
        {
            pendingNames.Remove(folder, out var changes);
            pendingNames[to + folder[from.Length..]] = [.. changes!.Select(c => c with { Path = to + c.Path[from.Length..] })];
        }
    }

    private static bool IsInside(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private sealed record NameChange(string Path, StoredFile? File)
    {
        public void ApplyTo(Dictionary<string, StoredFile> names)
        {
            if (File is null) names.Remove(Path);
            else names[Path] = File;
        }
    }
}
