using System.Buffers;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>A client's frame as bytes. The daemon can't name the frame that was too long, so it is refused here, where its sender is known.</summary>
internal static class FrameBytes
{
    public static readonly Refusal TooLong = new(RefusalCode.FrameTooLong, $"A frame has at most {ProtocolLimits.ClientFrameBytes} bytes.");

    public static bool TryEncode(ClientFrame frame, out ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        FrameWriter.Write(buffer, frame);
        bytes = buffer.WrittenMemory;
        return bytes.Length <= ProtocolLimits.ClientFrameBytes + 1;
    }
}
