using System.Buffers;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>A frame is a text message of a WebSocket.</summary>
internal sealed class WebSocketFraming : IFraming
{
    private readonly WebSocketReader reader = new(ProtocolLimits.ClientFrameBytes);

    /// <summary>What the client is told when nothing else ends the connection; 0 while it may go on.</summary>
    private volatile int endsWith;

    public FrameStatus TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        try
        {
            var status = reader.TryRead(ref buffer, out frame);
            if (status is FrameStatus.Closed) endsWith = reader.ClosedWith ?? CloseCode.Normal;
            return status;
        }
        catch (FramingException e)
        {
            endsWith = e.CloseCode;
            throw;
        }
    }

    /// <summary>A connection that ends without a Close frame is lost, and so is what has arrived in part.</summary>
    public FrameStatus ReadLast(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        return FrameStatus.None;
    }

    public int Copy(ReadOnlySpan<byte> lines, ref int taken, Span<byte> output) => WebSocketWriter.Copy(lines, ref taken, output);

    public Piece? Farewell(string? reason)
    {
        if (reason is not null) return WebSocketWriter.Close(CloseCode.Of(reason), reason);
        return endsWith > 0 ? WebSocketWriter.Close(endsWith, "") : null;
    }
}
