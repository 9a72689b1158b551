using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>Chooses changes: edits and deletions of the client's own messages, reactions to any.</summary>
internal sealed class ChangeMaker(ChatterPlan plan)
{
    private static readonly string[] Emoji = ["👍", "❤️", "😂", "🎉", "👀", "🐈‍⬛"];

    /// <summary>Few messages get most of the changes.</summary>
    private const int Recent = 20;

    private readonly Random random = new(plan.Seed + 2);
    private int changes;

    /// <returns>Null if there is nothing to change.</returns>
    public OutgoingChange? Next(Memory memory, IReadOnlyList<Place> places, Texts texts)
    {
        var change = random.Next(10) switch
        {
            < 3 => Own(memory, places, seq => new(ChangeKind.Edit, seq, texts.Next())),
            < 4 => Own(memory, places, seq => new(ChangeKind.Delete, seq, "")),
            < 8 => Any(memory, places[random.Next(places.Count)], ChangeKind.React),
            _ => Any(memory, places[random.Next(places.Count)], ChangeKind.Unreact),
        };
        // One at a time of each message: then any that is unanswered is the last, and may be sent again.
        return change is null || memory.Unanswered.Any(change.IsReplacedBy) ? null : change;
    }

    private OutgoingChange? Own(Memory memory, IReadOnlyList<Place> places, Func<long, Change> make) =>
        memory.SomeOwn(random, places) is var (place, seq) ? new(place, $"c{++changes}", make(seq)) : null;

    private OutgoingChange? Any(Memory memory, Place place, ChangeKind kind)
    {
        var last = memory.Cursor(place.Key);
        if (last == 0) return null;
        var seq = random.Next(4) == 0 ? random.NextInt64(1, last + 1) : random.NextInt64(Math.Max(last - Recent, 1), last + 1);
        return new(place, $"c{++changes}", new(kind, seq, Emoji[random.Next(Emoji.Length)]));
    }
}
