using System.Buffers;
using BenchmarkDotNet.Attributes;
using Chat.Daemon.Delivery;
using Chat.Protocol;

namespace PathBench;

/// <summary>A line becomes a frame, and frames become the bytes that all members of a room get.</summary>
public class FrameBench
{
    private const int BatchMessages = 16;

    private readonly ReadOnlySequence<byte> line = new(Samples.Line);
    private readonly ArrayBufferWriter<byte> output = new(4_096);
    private readonly IReadOnlyList<DaemonFrame> messages = Samples.Messages(BatchMessages);

    [Benchmark]
    public object? Parse() => FrameReader.ReadClient(line).Frame;

    [Benchmark]
    public int Encode()
    {
        output.ResetWrittenCount();
        FrameWriter.Write(output, messages[0]);
        return output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = BatchMessages)]
    public int EncodeOfBatch() => Batch.Encode(messages).Count;
}
