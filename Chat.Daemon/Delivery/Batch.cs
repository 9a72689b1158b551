using System.Buffers;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>
/// Consecutive messages and changes of one conversation, encoded once into one buffer that all subscribers' outboxes share.
/// </summary>
internal sealed class Batch
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    private readonly byte[] buffer;
    private readonly int[] ends;

    private Batch(byte[] buffer, int[] ends) => (this.buffer, this.ends) = (buffer, ends);

    public int Count => ends.Length;

    public Piece All => new(buffer);

    public static Batch Encode(IReadOnlyList<DaemonFrame> frames)
    {
        var output = scratch ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        var ends = new int[frames.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            FrameWriter.Write(output, frames[i]);
            ends[i] = output.WrittenCount;
        }
        var buffer = output.WrittenSpan.ToArray();
        if (output.Capacity > 1 << 20) scratch = null; // do not keep the buffer of a rare burst on every thread
        return new Batch(buffer, ends);
    }

    /// <summary>The frames from index <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public Piece Range(int from, int to)
    {
        var start = StartOf(from);
        return new Piece(buffer, start, StartOf(to) - start);
    }

    /// <summary>The frame at the index as the answer to the client's frame with that id.</summary>
    public Piece Answer(int index, string id) => new(FrameWriter.WithId(Range(index, index + 1).Span, id));

    private int StartOf(int index) => index == 0 ? 0 : ends[index - 1];
}
