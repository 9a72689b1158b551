using System.Buffers;
using System.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>A frame is a line.</summary>
internal sealed class LineFraming : IFraming
{
    private readonly LineReader lines = new(ProtocolLimits.ClientFrameBytes);

    public FrameStatus TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame) =>
        Of(lines.TryRead(ref buffer, out frame));

    public FrameStatus ReadLast(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame) =>
        Of(lines.ReadLast(buffer, out frame));

    public int Copy(ReadOnlySpan<byte> lines, ref int taken, Span<byte> output) => CopyBytes(lines, ref taken, output);

    public Piece? Farewell(string? reason) => null;

    /// <summary>Copies as much as fits, unchanged.</summary>
    public static int CopyBytes(ReadOnlySpan<byte> bytes, ref int taken, Span<byte> output)
    {
        var part = Math.Min(output.Length, bytes.Length - taken);
        bytes.Slice(taken, part).CopyTo(output);
        taken += part;
        return part;
    }

    private static FrameStatus Of(LineStatus status) => status switch
    {
        LineStatus.None => FrameStatus.None,
        LineStatus.Line => FrameStatus.Frame,
        LineStatus.TooLong => FrameStatus.TooLong,
        _ => throw new UnreachableException(),
    };
}
