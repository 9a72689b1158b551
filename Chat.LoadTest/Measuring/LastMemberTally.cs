using System.Runtime.InteropServices;

namespace Chat.LoadTest.Measuring;

/// <summary>When each message reached the last of its members here. Any thread may use it.</summary>
/// <param name="every">Tracks one in so many messages of each sender.</param>
internal sealed class LastMemberTally(int every)
{
    /// <summary>Messages that never reach everybody stay; beyond this many, new ones are not tracked.</summary>
    private const int Most = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(int Sender, int Counter), (int Count, long Last)> waiting = [];
    private List<ReachedAll> reached = [];

    /// <param name="members">Members of the conversation here.</param>
    public void Take(in MessageMark mark, int members, long now)
    {
        if (mark.Counter % every != 0) return;
        lock (gate)
        {
            var key = (mark.Sender, mark.Counter);
            if (waiting.Count >= Most && !waiting.ContainsKey(key)) return;
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(waiting, key, out _);
            entry = (entry.Count + 1, Math.Max(entry.Last, now));
            if (entry.Count < members) return;
            reached.Add(new(mark.Sender, mark.Counter, mark.Due, mark.Written, entry.Last));
            waiting.Remove(key);
        }
    }

    /// <summary>Those that have reached everybody here since the last call.</summary>
    public IReadOnlyList<ReachedAll> TakeReached()
    {
        lock (gate)
        {
            if (reached.Count == 0) return [];
            var taken = reached;
            reached = [];
            return taken;
        }
    }
}
