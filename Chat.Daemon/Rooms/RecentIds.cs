using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The last ids of one session in one conversation, as hashes: 12 bytes each. A match is only a candidate, to be looked up in the log.
/// Guarded by the sequencer's lock.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>Stands for the number of a message that may not be committed yet.</summary>
    public const long InFlight = 0;

    /// <summary>What the protocol promises, plus space for messages in flight.</summary>
    private const int Capacity = ProtocolLimits.RememberedIds + 512;

    private int[] hashes;
    private long[] seqs;
    private int next;
    private int count;

    public RecentIds(IReadOnlyList<LoggedClientId> known)
    {
        var size = 16;
        while (size < known.Count) size *= 2;
        (hashes, seqs) = (new int[size], new long[size]);
        foreach (var id in known) Put(HashOf(id.ClientId), id.Seq);
    }

    /// <summary>Timestamp of the last use.</summary>
    public long TouchedAt { get; set; }

    /// <summary>Keyed by the process, so that a client cannot choose ids that collide.</summary>
    public static int HashOf(string clientId) => clientId.GetHashCode(StringComparison.Ordinal);

    public bool Contains(int hash) => hashes.AsSpan(0, count).Contains(hash);

    /// <summary>The numbers of all ids with this hash, <see cref="InFlight"/> among them, in no particular order.</summary>
    public IReadOnlyList<long> Find(int hash)
    {
        List<long> found = [];
        for (var i = 0; i < count; i++)
            if (hashes[i] == hash) found.Add(seqs[i]);
        return found;
    }

    /// <summary>Adds an id in place of the oldest.</summary>
    /// <returns>Its slot, for <see cref="Commit"/>.</returns>
    public int Put(int hash, long seq)
    {
        if (count == hashes.Length && count < Capacity) Grow();
        var slot = next;
        (hashes[slot], seqs[slot]) = (hash, seq);
        next = (next + 1) % hashes.Length;
        count = Math.Max(count, next == 0 ? hashes.Length : next);
        return slot;
    }

    /// <summary>Gives the id in flight in that slot its number; adds the id again if the slot has been reused meanwhile.</summary>
    public void Commit(int slot, int hash, long seq)
    {
        if (slot < count && hashes[slot] == hash && seqs[slot] == InFlight) seqs[slot] = seq;
        else Put(hash, seq);
    }

    private void Grow()
    {
        var size = Math.Min(Capacity, hashes.Length * 2);
        Array.Resize(ref hashes, size);
        Array.Resize(ref seqs, size);
        next = count;
    }
}
