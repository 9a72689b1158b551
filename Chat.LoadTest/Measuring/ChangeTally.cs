using Chat.LoadTest.Schedules;
using Chat.Protocol;

namespace Chat.LoadTest.Measuring;

/// <summary>
/// Tracks the changes (<c>rev</c>) that one receiver sees in its conversation: they follow one another without holes, and everybody sees
/// the same ones. Not thread-safe.
/// </summary>
/// <param name="keepsCopies">
/// Also keeps how each changed message looks. A user that was away gets no changes, only the messages as they are now: whether it has all
/// of them shows in how they look.
/// </param>
internal sealed class ChangeTally(bool keepsCopies)
{
    private readonly NumberTally numbers = new();
    private Dictionary<long, Copy>? copies;

    /// <summary>The highest change seen, or the cut at which the user joined.</summary>
    public long Last => numbers.Last;

    /// <summary>Below which nothing is missing.</summary>
    public long Complete => numbers.Complete;

    public long Holes => numbers.Holes;

    /// <summary>Changes that came live, without duplicates.</summary>
    public long Received { get; private set; }

    public long Doubled => numbers.Repeats;

    /// <summary>Changes that arrived after a later one.</summary>
    public long Disordered { get; private set; }

    /// <summary>The same for two receivers that know of the same changes, in whatever way they learned of them.</summary>
    public ulong Digest => !keepsCopies
        ? numbers.Digest
        : (copies ?? []).Aggregate(0UL, (sum, of) => sum + SeededRandom.Mix(SeededRandom.Mix((ulong)of.Key) ^ of.Value.Digest));

    /// <summary>The user is in from here on.</summary>
    public void StartAt(long cut) => numbers.StartAt(cut);

    /// <summary>The user is in again. What it missed up to here comes in lists.</summary>
    public void ResumeAt(long cut) => numbers.CoverTo(cut);

    /// <summary>False for a duplicate.</summary>
    public bool Take(DaemonFrame.Change change)
    {
        var (number, last, doubled) = (change.Rev!.Value, numbers.Last, numbers.Repeats);
        numbers.Take(number, (int)change.Seq, (int)HashOf(change.Text ?? change.Emoji ?? change.Kind));
        if (numbers.Repeats > doubled) return false;
        if (number < last) Disordered++;
        Received++;
        if (keepsCopies) Apply(change, number);
        return true;
    }

    /// <summary>Takes a message as a list shows it.</summary>
    public void TakeListed(DaemonFrame.Message message)
    {
        if (!keepsCopies || message.Rev is not { } rev) return;
        if ((copies ??= []).TryGetValue(message.Seq, out var known) && known.Rev > rev) return;
        var reactions = (message.Reactions ?? []).Aggregate(0UL, (sum, of) => sum + ((ulong)of.Count * HashOf(of.Emoji)));
        copies[message.Seq] = new(rev, message.Edited is null ? 0 : HashOf(message.Text), reactions);
    }

    private void Apply(DaemonFrame.Change change, long rev)
    {
        var known = (copies ??= []).GetValueOrDefault(change.Seq);
        if (known.Rev >= rev) return; // a list was newer
        copies[change.Seq] = change.Kind switch
        {
            ChangeKind.Edit => known with { Rev = rev, Text = HashOf(change.Text ?? "") },
            ChangeKind.React => known with { Rev = rev, Reactions = known.Reactions + HashOf(change.Emoji ?? "") },
            ChangeKind.Unreact => known with { Rev = rev, Reactions = known.Reactions - HashOf(change.Emoji ?? "") },
            _ => known with { Rev = rev },
        };
    }

    /// <summary>The same in all processes.</summary>
    private static ulong HashOf(string text) => text.Aggregate(1UL, (hash, c) => SeededRandom.Mix(hash + c));

    /// <param name="Text">0 for the text that the message was sent with.</param>
    /// <param name="Reactions">A sum, so that their order does not count.</param>
    private readonly record struct Copy(long Rev, ulong Text, ulong Reactions)
    {
        public ulong Digest => SeededRandom.Mix(Text) + Reactions;
    }
}
