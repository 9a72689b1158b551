using System.Buffers;
using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>
/// Translates Chat's frames to and from a server's protocol. Users think in Chat's frames; an adapter writes the few that it knows in its
/// server's protocol, and reads the server's lines as frames. Without state: all users of a worker share it.
/// </summary>
internal abstract class WireProtocol
{
    public static IReadOnlyList<string> Names { get; } = ["chat", "websocket", "irc", "redis"];

    /// <summary>Whether the protocol is Chat's own, over any transport: users, limits and scenarios are.</summary>
    public static bool IsChat(string name) => name is "chat" or "websocket";

    /// <summary>Whether messages of a WebSocket take the place of lines.</summary>
    public virtual bool IsWebSocket => false;

    /// <summary>Whether a sender gets its own messages back.</summary>
    public virtual bool Echoes => true;

    public static WireProtocol Of(string name) => name switch
    {
        "irc" => new IrcWire(),
        "redis" => new RedisWire(),
        "websocket" => new WebSocketWire(),
        _ => new ChatWire(),
    };

    /// <summary>Appends the frame as the server expects it.</summary>
    public abstract void Write(IBufferWriter<byte> output, ClientFrame frame);

    /// <summary>Finds the mark and the number (0 if the server has none) in a delivery. False for any other line.</summary>
    public abstract bool TryReadMessage(ReadOnlySpan<byte> line, Payload payload, out MessageMark mark, out long number);

    /// <summary>What any other line means; null for nothing.</summary>
    public abstract DaemonFrame? Read(ReadOnlySpan<byte> line);

    /// <summary>What the server expects back at once; empty for nothing.</summary>
    public virtual ReadOnlyMemory<byte> ReplyTo(ReadOnlySpan<byte> line) => default;
}
