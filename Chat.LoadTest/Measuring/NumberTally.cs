using Chat.LoadTest.Schedules;

namespace Chat.LoadTest.Measuring;

/// <summary>
/// Tracks the numbers (<c>seq</c> or <c>rev</c>) that one receiver sees in its conversation: they follow one another without holes, and
/// the same message has the same number for everybody. Not thread-safe.
/// </summary>
internal sealed class NumberTally
{
    /// <summary>More holes than this are counted, not remembered.</summary>
    private const int Remembered = 10_000;

    private HashSet<long>? holes;
    private long forgotten, ofEarlierVisits;

    /// <summary>The highest number seen, or the cut at which the user joined.</summary>
    public long Last { get; private set; }

    /// <summary>Numbers below <see cref="Last"/> that never came, of all visits.</summary>
    public long Holes => ofEarlierVisits + forgotten + (holes?.Count ?? 0);

    /// <summary>Deliveries with a number that was seen before, or that is below the cut.</summary>
    public long Repeats { get; private set; }

    /// <summary>The same for two receivers that saw the same messages under the same numbers, in whatever order.</summary>
    public ulong Digest { get; private set; }

    /// <summary>Below which nothing is missing.</summary>
    public long Complete => holes is { Count: > 0 } ? holes.Min() - 1 : Last;

    /// <summary>The user is in from here on. What it missed in an earlier visit stays missed.</summary>
    public void StartAt(long cut)
    {
        ofEarlierVisits = Holes;
        (Last, forgotten, Digest) = (cut, 0, 0);
        holes?.Clear();
    }

    /// <summary>Everything up to here is known in another way.</summary>
    public void CoverTo(long cut)
    {
        holes?.RemoveWhere(hole => hole <= cut);
        Last = Math.Max(Last, cut);
    }

    public void Take(long number, int sender, int counter)
    {
        if (number <= Last && holes?.Remove(number) is not true)
        {
            Repeats++;
            return; // one fault, not another digest too
        }
        if (number > Last + 1) SkipTo(number);
        Last = Math.Max(Last, number);
        Digest += SeededRandom.Mix(SeededRandom.Mix((ulong)number) ^ ((ulong)(uint)sender << 32 | (uint)counter));
    }

    private void SkipTo(long number)
    {
        holes ??= [];
        for (var hole = Last + 1; hole < number && holes.Count < Remembered; hole++) holes.Add(hole);
        if (holes.Count == Remembered) forgotten += Math.Max(0, number - 1 - Math.Max(Last, holes.Max()));
        Last = number;
    }
}
