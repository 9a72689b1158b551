using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Chat.Protocol;
using Chat.Testing;

namespace Chat.TestKit;

/// <summary>Reads a connection in the background and splits it into lines, without the reader that the tests cover.</summary>
internal sealed class Receiver
{
    private const int BufferBytes = 16_384;

    private readonly Stream stream;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> settling = new();
    private readonly ArrayBufferWriter<byte> line = new();
    private volatile TaskCompletionSource reading = new();

    public Receiver(Stream stream)
    {
        this.stream = stream;
        reading.SetResult();
        Closed = Task.Run(ReadAllAsync);
    }

    public Arrivals<ReceivedFrame> Arrivals { get; } = new();

    public Task<Ending> Closed { get; }

    /// <summary>Stops reading: nothing arrives any more, and at most one more buffer leaves the socket.</summary>
    public void Pause() => reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => reading.TrySetResult();

    /// <summary>Completes when the pong with the id comes, which is not collected, or when the connection has ended.</summary>
    public Task PongOf(string id)
    {
        var pong = settling[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAny(pong.Task, Closed);
    }

    private async Task<Ending> ReadAllAsync()
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer);
                await reading.Task;
                if (count == 0) return Ending.Ended;
                Cut(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return Ending.Reset;
        }
        finally
        {
            if (line.WrittenCount > 0) Arrivals.Add(new ReceivedFrame($"{Encoding.UTF8.GetString(line.WrittenSpan)} (cut off)", null));
            Arrivals.End();
        }
    }

    private void Cut(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            line.Write(bytes[..end]);
            Take(line.WrittenMemory);
            line.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }
        line.Write(bytes);
    }

    private void Take(ReadOnlyMemory<byte> json)
    {
        var tooLong = json.Length > ProtocolLimits.DaemonFrameBytes;
        var frame = tooLong ? null : FrameReader.ReadDaemon(new ReadOnlySequence<byte>(json)).Frame;
        if (frame is DaemonFrame.Pong { Id: { } id } && settling.TryRemove(id, out var settled)) settled.SetResult();
        else Arrivals.Add(
            new ReceivedFrame(Encoding.UTF8.GetString(json.Span) + (tooLong ? $" (a frame of {json.Length} bytes)" : ""), frame));
    }
}
