namespace Chat.LoadTest.Measuring;

/// <summary>Tracks what one receiver got from each sender, whose messages are numbered from 1. Not thread-safe.</summary>
internal sealed class SequenceTally(int senders)
{
    /// <summary>Allocated when the first of so many senders is heard: a user that hears nobody costs nothing.</summary>
    private const int PageSize = 64;

    private readonly int[]?[] pages = new int[]?[(senders + PageSize - 1) / PageSize];

    /// <summary>By sender: numbers below the highest that have not arrived. Null in a healthy run.</summary>
    private Dictionary<int, HashSet<int>>? skipped;

    /// <summary>Messages received, without duplicates.</summary>
    public long Received { get; private set; }

    public long Doubled { get; private set; }

    /// <summary>Messages that arrived after a later one of the same sender.</summary>
    public long Disordered { get; private set; }

    /// <param name="late">It was asked for, so a later one may have come before.</param>
    /// <returns>False for a duplicate.</returns>
    public bool Take(int sender, int counter, bool late = false)
    {
        ref var highest = ref (pages[sender / PageSize] ??= new int[PageSize])[sender % PageSize];
        if (counter > highest)
        {
            if (counter > highest + 1) Skip(sender, highest + 1, counter - 1);
            highest = counter;
        }
        else if (skipped is not null && skipped.TryGetValue(sender, out var gaps) && gaps.Remove(counter))
        {
            if (!late) Disordered++;
        }
        else
        {
            Doubled++;
            return false;
        }
        Received++;
        return true;
    }

    public bool Has(int sender, int counter) =>
        counter <= HighestOf(sender) && !(skipped is not null && skipped.TryGetValue(sender, out var gaps) && gaps.Contains(counter));

    /// <summary>The sender's numbers from 1 to <paramref name="last"/> that have not arrived.</summary>
    public IEnumerable<int> Missing(int sender, int last)
    {
        var seen = HighestOf(sender);
        var tail = last > seen ? Enumerable.Range(seen + 1, last - seen) : [];
        var holes = skipped is not null && skipped.TryGetValue(sender, out var gaps) ? gaps.Where(counter => counter <= last) : [];
        return holes.Concat(tail);
    }

    private int HighestOf(int sender) => pages[sender / PageSize] is { } page ? page[sender % PageSize] : 0;

    private void Skip(int sender, int from, int to)
    {
        skipped ??= [];
        if (!skipped.TryGetValue(sender, out var gaps)) skipped[sender] = gaps = [];
        for (var counter = from; counter <= to; counter++) gaps.Add(counter);
    }
}
