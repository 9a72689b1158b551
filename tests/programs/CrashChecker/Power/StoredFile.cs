namespace CrashChecker.Power;

/// <summary>A file: what the daemon sees in it, what the disk is sure to hold, and the changes between the two.</summary>
internal sealed class StoredFile
{
    private const int PageBytes = 4096;
    private const int SectorBytes = 512;

    private readonly Bytes current = new();
    private readonly Bytes durable = new();
    private readonly List<Change> pending = [];

    /// <summary>
    /// Pages that were written before a sync that failed. The kernel takes them for clean: a later sync does not write them, unless they
    /// are written to again.
    /// </summary>
    private readonly Dictionary<long, byte[]> stale = [];

    /// <param name="content">Is on the disk.</param>
    public StoredFile(byte[] content)
    {
        current.Write(0, content);
        durable.Write(0, content);
    }

    public byte[] Current => current.ToArray();

    public void Write(long offset, ReadOnlyMemory<byte> data)
    {
        current.Write(offset, data.Span);
        pending.Add(new(offset, data));
    }

    public void Truncate(long length)
    {
        current.SetLength(length);
        pending.Add(new(length, null));
    }

    /// <summary>A sync succeeded: everything is on the disk, but for what an earlier one gave up.</summary>
    public void Sync()
    {
        foreach (var change in pending)
        {
            if (change.Data is null) durable.SetLength(Math.Min(durable.Length, change.Offset));
            foreach (var page in change.Pages)
            {
                stale.Remove(page);
                durable.Write(page * PageBytes, current.Slice(page * PageBytes, PageBytes));
            }
        }
        durable.SetLength(current.Length);
        pending.Clear();
    }

    /// <summary>A sync failed: its pages may be on the disk or not, and later syncs do not care.</summary>
    public void FailSync()
    {
        foreach (var page in pending.SelectMany(change => change.Pages))
            stale[page] = current.Slice(page * PageBytes, PageBytes).ToArray();
        pending.Clear();
    }

    /// <summary>What could be left of the file. With null, only what is sure.</summary>
    public byte[] AfterPowerLoss(Random? random)
    {
        var left = new Bytes();
        left.Write(0, durable.ToArray());
        if (random is null) return left.ToArray();
        foreach (var (page, content) in stale.OrderBy(page => page.Key))
            if (random.Next(2) == 0) left.Write(page * PageBytes, content);
        var kept = Survivors.Choose(pending.Count, random);
        foreach (var (index, change) in pending.Index())
        {
            if (kept[index] == Survivor.Lost) continue;
            if (change.Data is not { } data) left.SetLength(change.Offset);
            else if (kept[index] == Survivor.Whole) left.Write(change.Offset, data.Span);
            else WriteSectors(left, change.Offset, data.Span, random);
        }
        if (random.Next(10) == 0 && left.Length < current.Length) left.SetLength(current.Length); // grown, but not written
        return left.ToArray();
    }

    private static void WriteSectors(Bytes left, long offset, ReadOnlySpan<byte> data, Random random)
    {
        while (data.Length > 0)
        {
            var length = (int)Math.Min(data.Length, SectorBytes - (offset % SectorBytes));
            if (random.Next(2) == 0) left.Write(offset, data[..length]);
            data = data[length..];
            offset += length;
        }
    }

    /// <param name="Offset">Where it was written; the new length, where there are no data.</param>
    private sealed record Change(long Offset, ReadOnlyMemory<byte>? Data)
    {
        public IEnumerable<long> Pages
        {
            get
            {
                if (Data is not { Length: > 0 } data) yield break;
                for (var page = Offset / PageBytes; page <= (Offset + data.Length - 1) / PageBytes; page++) yield return page;
            }
        }
    }
}
