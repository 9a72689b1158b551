namespace Chat.Daemon.Transport;

/// <summary>What a WebSocket frame is: RFC 6455, 5.2.</summary>
internal static class WebSocketOpcode
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    /// <summary>Set in the opcodes of control frames, which may stand between the fragments of a message.</summary>
    public const int ControlBit = 8;
}
