namespace Chat.Daemon.Storage.Memory;

/// <summary>The last changes of one conversation, without texts. Not thread-safe.</summary>
/// <param name="keep">At least that many are kept.</param>
internal sealed class MemoryChanges(int keep)
{
    private readonly List<LoggedChange> changes = [];

    /// <summary>The number of the last change.</summary>
    public long Last { get; private set; }

    public void Add(LoggedChange change)
    {
        changes.Add(change);
        Last = change.Rev;
        if (changes.Count > keep + (keep / 4)) changes.RemoveRange(0, changes.Count - keep);
    }

    public void Rename(string identity, string name)
    {
        for (var i = 0; i < changes.Count; i++)
            if (changes[i].Identity == identity) changes[i] = changes[i] with { From = name, ClientId = null };
    }

    public List<LoggedChange> After(long rev, int limit)
    {
        var first = Last - changes.Count; // the number before the first one kept
        var from = (int)(Math.Clamp(rev, first, Last) - first);
        return changes.GetRange(from, Math.Min(changes.Count - from, Math.Max(limit, 0)));
    }
}
