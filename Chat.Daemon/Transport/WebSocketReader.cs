using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Chat.Daemon.Transport;

/// <summary>
/// Splits received bytes into the messages of a WebSocket: RFC 6455, 5 and 6, as a server reads them. It keeps no more than one message of
/// the longest length. Use one for each connection.
/// </summary>
/// <param name="maxBytes">Longest message.</param>
internal sealed class WebSocketReader(int maxBytes)
{
    private readonly MessageBuffer message = new();

    /// <summary>Of the frame whose payload comes next.</summary>
    private WebSocketHeader header;
    private bool hasHeader;

    /// <summary>Bytes of its payload that have not come.</summary>
    private long left;
    private bool isInMessage;

    /// <summary>Whether the rest of the message is skipped, because it was refused.</summary>
    private bool isSkipping;
    private bool isHandedOut;

    /// <summary>The code of the client's Close frame; null if it had none.</summary>
    public int? ClosedWith { get; private set; }

    /// <inheritdoc cref="IFraming.TryRead"/>
    /// <param name="payload">Of the message, or of the ping.</param>
    public FrameStatus TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (isHandedOut) message.Clear();
        isHandedOut = false;
        if (!hasHeader)
        {
            if (!WebSocketHeader.TryRead(ref buffer, out header)) return FrameStatus.None;
            (hasHeader, left) = (true, header.Length);
            if (!header.IsControl && Begin() is not FrameStatus.None and var refused) return refused;
        }
        return header.IsControl ? ReadControl(ref buffer, out payload) : ReadData(ref buffer, out payload);
    }

    /// <summary>Decides from the header alone whether the message is taken.</summary>
    private FrameStatus Begin()
    {
        if (header.Opcode == WebSocketOpcode.Continuation != isInMessage)
        {
            throw new FramingException(isInMessage
                ? "A WebSocket message begins within another one."
                : "A WebSocket message continues that has not begun.");
        }
        isInMessage = true;
        if (isSkipping) return FrameStatus.None;
        if (header.Opcode == WebSocketOpcode.Binary) return Refuse(FrameStatus.Binary);
        // Not as a sum: the declared length may be as large as a number can be.
        return header.Length > maxBytes - message.Length ? Refuse(FrameStatus.TooLong) : FrameStatus.None;
    }

    private FrameStatus Refuse(FrameStatus status)
    {
        isSkipping = true;
        message.Clear();
        return status;
    }

    private FrameStatus ReadData(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        var part = buffer.Slice(0, Math.Min(left, buffer.Length));
        if (!isSkipping && !part.IsEmpty) message.Append(part, WebSocketMask.Rotate(header.Mask, header.Length - left));
        buffer = buffer.Slice(part.End);
        left -= part.Length;
        if (left > 0) return FrameStatus.None;
        hasHeader = false;
        if (!header.IsFinal) return FrameStatus.Fragment;
        isInMessage = false;
        if (isSkipping)
        {
            isSkipping = false;
            return FrameStatus.Fragment;
        }
        if (!Utf8.IsValid(message.Content.Span))
            throw new FramingException("A WebSocket message is not valid UTF-8.", CloseCode.InvalidText);
        isHandedOut = true;
        payload = new(message.Content);
        return FrameStatus.Frame;
    }

    /// <summary>Waits for the whole payload, which is short.</summary>
    private FrameStatus ReadControl(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < left) return FrameStatus.None;
        var content = buffer.Slice(0, left).ToArray();
        WebSocketMask.Apply(header.Mask, content);
        buffer = buffer.Slice(left);
        hasHeader = false;
        if (header.Opcode == WebSocketOpcode.Pong) return FrameStatus.Pong;
        payload = new(content);
        if (header.Opcode == WebSocketOpcode.Ping) return FrameStatus.Ping;
        ClosedWith = CodeIn(content);
        return FrameStatus.Closed;
    }

    private static int? CodeIn(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return null;
        var code = content.Length == 1 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(content);
        if (!CloseCode.IsSendable(code)) throw new FramingException($"A WebSocket Close frame has no valid code: {code}.");
        if (!Utf8.IsValid(content[2..]))
            throw new FramingException("The reason in a WebSocket Close frame is not valid UTF-8.", CloseCode.InvalidText);
        return code;
    }
}
