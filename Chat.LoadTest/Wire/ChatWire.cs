using System.Buffers;
using System.Buffers.Text;
using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>Chat's own protocol. Deliveries are recognized without parsing: the daemon writes compact JSON with the type first.</summary>
internal sealed class ChatWire : WireProtocol
{
    private static ReadOnlySpan<byte> Head => "{\"type\":\"message\","u8;

    private static ReadOnlySpan<byte> Seq => "\"seq\":"u8;

    /// <summary>Whether the line is a <c>message</c> frame.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> line) => line.StartsWith(Head);

    public override void Write(IBufferWriter<byte> output, ClientFrame frame) => FrameWriter.Write(output, frame);

    public override bool TryReadMessage(ReadOnlySpan<byte> line, Payload payload, out MessageMark mark, out long number)
    {
        (mark, number) = (default, 0);
        if (!IsMessage(line)) return false;
        var at = line.IndexOf(Seq);
        return at >= 0 && Utf8Parser.TryParse(line[(at + Seq.Length)..], out number, out _) && payload.TryRead(line, out mark);
    }

    public override DaemonFrame? Read(ReadOnlySpan<byte> line) =>
        FrameReader.ReadDaemon(new ReadOnlySequence<byte>(line.ToArray())).Frame;
}
