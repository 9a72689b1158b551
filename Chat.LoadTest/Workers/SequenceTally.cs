namespace Chat.LoadTest.Workers;

/// <summary>Tracks what one receiver got from each sender, whose messages are numbered from 1. Not thread-safe.</summary>
internal sealed class SequenceTally(int senders)
{
    private readonly int[] highest = new int[senders];

    /// <summary>By sender: numbers below the highest that have not arrived. Empty in a healthy run.</summary>
    private readonly Dictionary<int, HashSet<int>> skipped = [];

    /// <summary>Messages received, without duplicates.</summary>
    public long Received { get; private set; }

    public long Doubled { get; private set; }

    /// <summary>Messages that arrived after a later one of the same sender.</summary>
    public long Disordered { get; private set; }

    public void Take(int sender, int counter)
    {
        var last = highest[sender];
        if (counter > last)
        {
            if (counter > last + 1) Skip(sender, last + 1, counter - 1);
            highest[sender] = counter;
            Received++;
        }
        else if (skipped.TryGetValue(sender, out var late) && late.Remove(counter))
        {
            Disordered++;
            Received++;
        }
        else
        {
            Doubled++;
        }
    }

    /// <summary>The sender's numbers from 1 to <paramref name="last"/> that have not arrived.</summary>
    public IEnumerable<int> Missing(int sender, int last)
    {
        var seen = highest[sender];
        var tail = last > seen ? Enumerable.Range(seen + 1, last - seen) : [];
        return (skipped.TryGetValue(sender, out var gaps) ? gaps.Where(counter => counter <= last) : []).Concat(tail);
    }

    private void Skip(int sender, int from, int to)
    {
        if (!skipped.TryGetValue(sender, out var gaps)) skipped[sender] = gaps = [];
        for (var counter = from; counter <= to; counter++) gaps.Add(counter);
    }
}
