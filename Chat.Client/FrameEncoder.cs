using System.Buffers;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>Encodes frames. Refuses an oversized one itself, because the daemon's refusal could not name it.</summary>
internal static class FrameEncoder
{
    public static readonly Refusal TooLong = new(RefusalCode.FrameTooLong,
        $"A frame can have at most {ProtocolLimits.ClientFrameBytes} bytes.");

    public static bool TryEncode(ClientFrame frame, out ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        FrameWriter.Write(buffer, frame);
        bytes = buffer.WrittenMemory;
        return bytes.Length <= ProtocolLimits.ClientFrameBytes + 1;
    }
}
