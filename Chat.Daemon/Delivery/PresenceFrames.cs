using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Encodes presence in as few frames as the protocol's limit allows.</summary>
internal static class PresenceFrames
{
    /// <summary>A name of 32 scalar values takes at most 128 bytes, quotes and a comma.</summary>
    private const int NamesPerFrame = ProtocolLimits.DaemonFrameBytes / 140;

    public static IEnumerable<Piece> Encode(string room, List<string> joined, List<string> left)
    {
        if (joined.Count + left.Count <= NamesPerFrame)
        {
            if (joined.Count + left.Count > 0) yield return Frame(room, joined, left);
            yield break;
        }
        foreach (var names in joined.Chunk(NamesPerFrame)) yield return Frame(room, names, []);
        foreach (var names in left.Chunk(NamesPerFrame)) yield return Frame(room, [], names);
    }

    private static Piece Frame(string room, IReadOnlyList<string> joined, IReadOnlyList<string> left) =>
        Outbox.Encoded(new DaemonFrame.Presence(room, joined.Count > 0 ? joined : null, left.Count > 0 ? left : null));
}
