using System.Buffers;

namespace Chat.Daemon.Transport;

/// <summary>
/// How frames are told apart on a transport: by lines, or by the messages of WebSocket. One for each connection. One caller reads and one
/// writes, at the same time.
/// </summary>
internal interface IFraming
{
    /// <summary>Removes a frame, or what else comes first, from the buffer. Pass the rest again, followed by the bytes that arrive
    /// next.</summary>
    /// <param name="frame">The frame, or the payload of a ping. Valid until the next call.</param>
    /// <exception cref="FramingException">The connection must end.</exception>
    FrameStatus TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame);

    /// <summary>After the end of the stream: a last frame without an end, where the transport allows it.</summary>
    FrameStatus ReadLast(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame);

    /// <summary>Copies as much as fits of lines that are queued, in the form of the transport.</summary>
    /// <param name="taken">Bytes of the lines that were copied before; moved on by this call.</param>
    /// <returns>Bytes written.</returns>
    int Copy(ReadOnlySpan<byte> lines, ref int taken, Span<byte> output);

    /// <summary>What follows the last frame, as bytes of the transport; null if nothing does. Called from any thread.</summary>
    /// <param name="reason">Of the <c>bye</c>; null if there is none.</param>
    Piece? Farewell(string? reason);
}
