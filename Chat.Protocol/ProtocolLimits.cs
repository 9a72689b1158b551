namespace Chat.Protocol;

/// <summary>The numbers that both ends of a connection agree on; they are part of protocol version 1.</summary>
public static class ProtocolLimits
{
    /// <summary>The version that <c>hello.protocol</c> announces.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a client's frame, without the line's end. A text of 4,000 scalar values of four bytes fits.</summary>
    public const int ClientFrameBytes = 16_384;

    /// <summary>Bytes of a daemon's frame, without the line's end: a list is cut to fit and says <c>more</c>.</summary>
    public const int DaemonFrameBytes = 262_144;

    /// <summary>Unicode scalar values of a message's text.</summary>
    public const int TextScalars = 4_000;

    /// <summary>Unicode scalar values of a user's or room's name, after NFC.</summary>
    public const int NameScalars = 32;

    /// <summary>Unicode scalar values of a frame's <c>id</c>.</summary>
    public const int IdScalars = 64;

    /// <summary>Rooms that one connection may be in.</summary>
    public const int RoomsPerConnection = 100;

    /// <summary>Messages of a <c>history</c> page where no <c>limit</c> is given.</summary>
    public const int HistoryDefault = 50;

    /// <summary>Largest <c>limit</c> of a <c>history</c> page.</summary>
    public const int HistoryMax = 500;

    /// <summary>Direct conversations that <c>welcome</c> lists.</summary>
    public const int DirectListed = 100;

    /// <summary>Client ids that the daemon remembers for a session in a conversation, and the most messages without an echo that a client keeps there.</summary>
    public const int RememberedIds = 1_000;

    /// <summary>JSON nesting that a frame may have; <c>command.args</c> needs three.</summary>
    public const int Depth = 16;
}
