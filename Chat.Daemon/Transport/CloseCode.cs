using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>The numbers with which a WebSocket is closed: RFC 6455, 7.4, and the registry that it founded.</summary>
internal static class CloseCode
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int ProtocolError = 1002;
    public const int InvalidText = 1007;
    public const int Policy = 1008;
    public const int TryAgainLater = 1013;

    public static int Of(string byeReason) => byeReason switch
    {
        ByeReason.Logout or ByeReason.TakenOver or ByeReason.SessionEnded => Normal,
        ByeReason.Shutdown or ByeReason.Idle => GoingAway,
        ByeReason.TooManyConnections or ByeReason.Unavailable => TryAgainLater,
        _ => Policy,
    };

    /// <summary>Whether an endpoint may send it. The others are reserved, or describe an end without a Close frame.</summary>
    public static bool IsSendable(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
