using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The last ids of one session in one conversation, as hashes: 12 bytes each. Their numbers are as in <see cref="LoggedClientId"/>. A match
/// is only a candidate, to be looked up in the log. Guarded by the sequencer's lock.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>Stands for the number of what may not be committed yet.</summary>
    public const long InFlight = 0;

    private const long None = long.MinValue;

    /// <summary>What the protocol promises, of messages and of changes, plus space for what is in flight.</summary>
    private const int Capacity = (2 * ProtocolLimits.RememberedIds) + 512;

    /// <summary>Slots whose id was not logged. They are used before others, so that such ids push none out.</summary>
    private readonly Stack<int> free = [];
    private int[] hashes;
    private long[] numbers;
    private int next;
    private int count;

    public RecentIds(IReadOnlyList<LoggedClientId> known)
    {
        var size = 16;
        while (size < known.Count) size *= 2;
        (hashes, numbers) = (new int[size], new long[size]);
        foreach (var id in known) Put(HashOf(id.ClientId), id.Number);
    }

    /// <summary>Timestamp of the last use.</summary>
    public long TouchedAt { get; set; }

    /// <summary>Keyed by the process, so that a client cannot choose ids that collide.</summary>
    public static int HashOf(string clientId) => clientId.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether there may be one with that hash.</summary>
    public bool Contains(int hash) => hashes.AsSpan(0, count).Contains(hash);

    /// <summary>The numbers of all ids with this hash, <see cref="InFlight"/> among them, in no particular order.</summary>
    public IReadOnlyList<long> Find(int hash)
    {
        List<long> found = [];
        for (var i = 0; i < count; i++)
            if (hashes[i] == hash && numbers[i] != None) found.Add(numbers[i]);
        return found;
    }

    /// <summary>Adds an id in place of the oldest.</summary>
    /// <returns>Its slot, for <see cref="Commit"/>.</returns>
    public int Put(int hash, long number)
    {
        if (free.TryPop(out var unused))
        {
            (hashes[unused], numbers[unused]) = (hash, number);
            return unused;
        }
        if (count == hashes.Length && count < Capacity) Grow();
        var slot = next;
        (hashes[slot], numbers[slot]) = (hash, number);
        next = (next + 1) % hashes.Length;
        count = Math.Max(count, next == 0 ? hashes.Length : next);
        return slot;
    }

    /// <summary>Gives the id in flight in that slot its number; adds the id again if the slot has been reused meanwhile.</summary>
    public void Commit(int slot, int hash, long number)
    {
        if (slot < count && hashes[slot] == hash && numbers[slot] == InFlight) numbers[slot] = number;
        else Put(hash, number);
    }

    /// <summary>The id in flight in that slot was not logged.</summary>
    public void Free(int slot, int hash)
    {
        if (slot >= count || hashes[slot] != hash || numbers[slot] != InFlight) return; // the slot has been reused meanwhile
        (hashes[slot], numbers[slot]) = (0, None);
        free.Push(slot);
    }

    private void Grow()
    {
        var size = Math.Min(Capacity, hashes.Length * 2);
        Array.Resize(ref hashes, size);
        Array.Resize(ref numbers, size);
        next = count;
    }
}
