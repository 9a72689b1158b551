using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Presence in as few frames as the protocol's limit allows.</summary>
internal static class PresenceFrames
{
    /// <summary>A name of 32 scalar values takes at most 128 bytes, quotes and a comma.</summary>
    private const int NamesPerFrame = ProtocolLimits.DaemonFrameBytes / 140;

    public static IEnumerable<Piece> Encode(string room, List<string> arrived, List<string> departed)
    {
        if (arrived.Count + departed.Count <= NamesPerFrame)
        {
            if (arrived.Count + departed.Count > 0) yield return Frame(room, arrived, departed);
            yield break;
        }
        foreach (var names in arrived.Chunk(NamesPerFrame)) yield return Frame(room, names, []);
        foreach (var names in departed.Chunk(NamesPerFrame)) yield return Frame(room, [], names);
    }

    private static Piece Frame(string room, IReadOnlyList<string> arrived, IReadOnlyList<string> departed) =>
        Outbox.Encoded(new DaemonFrame.Presence(room, arrived.Count > 0 ? arrived : null, departed.Count > 0 ? departed : null));
}
