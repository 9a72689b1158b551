using Chat.Daemon.History;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The last ids of one session in one conversation, as hashes: 16 bytes each. A hit is looked up in the log before it is believed.
/// Guarded by the lock of the room's log.
/// </summary>
internal sealed class RecentIds
{
    public const long None = -1;

    /// <summary>Begun, but not known to be committed.</summary>
    public const long InFlight = 0;

    /// <summary>What the protocol promises, and room for those on their way.</summary>
    private const int Capacity = ProtocolLimits.RememberedIds + 512;

    private ulong[] hashes;
    private long[] seqs;
    private int next;
    private int count;

    public RecentIds(IReadOnlyList<RememberedId> known)
    {
        var size = 16;
        while (size < known.Count) size *= 2;
        (hashes, seqs) = (new ulong[size], new long[size]);
        foreach (var id in known) Put(HashOf(id.ClientId), id.Seq);
    }

    /// <summary>When it was last asked or told, as a timestamp of the clock in use.</summary>
    public long TouchedAt { get; set; }

    /// <summary>Not proof against an attacker: who makes ids collide only costs itself a look into the log.</summary>
    public static ulong HashOf(string clientId)
    {
        var hash = 0x9E37_79B9_7F4A_7C15ul;
        foreach (var c in clientId)
        {
            hash = (hash ^ c) * 0xD6E8_FEB8_6659_FD93ul;
            hash ^= hash >> 32;
        }
        return hash;
    }

    /// <summary>The number, <see cref="InFlight"/> or <see cref="None"/>.</summary>
    public long Find(ulong hash)
    {
        var index = hashes.AsSpan(0, count).IndexOf(hash);
        return index < 0 ? None : seqs[index];
    }

    public void Put(ulong hash, long seq)
    {
        if (count == hashes.Length && count < Capacity) Grow();
        (hashes[next], seqs[next]) = (hash, seq);
        next = (next + 1) % hashes.Length;
        count = Math.Max(count, next == 0 ? hashes.Length : next);
    }

    /// <summary>Gives an id in flight its number.</summary>
    public void Commit(ulong hash, long seq)
    {
        var index = hashes.AsSpan(0, count).LastIndexOf(hash);
        if (index >= 0) seqs[index] = seq;
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
