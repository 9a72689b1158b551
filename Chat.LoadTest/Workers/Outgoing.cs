using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>The sending side of one user: writes due messages in order, and pauses while too many await their echo.</summary>
internal sealed class Outgoing(WorkPlan plan, int user, Payload payload, Stream stream) : IDisposable
{
    private const int WriteBytes = 16_384;

    private readonly Channel<long> dues = Channel.CreateUnbounded<long>();

    /// <summary>The most messages that the protocol allows without an echo in a conversation.</summary>
    private readonly SemaphoreSlim window = new(ProtocolLimits.RememberedIds);
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private int sent;

    /// <summary>Messages written so far.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>Messages due but not written yet.</summary>
    public int Waiting => dues.Reader.Count;

    /// <summary>Queues a message that is due at that time. Any thread may call it; it does nothing once sending has ended.</summary>
    public void Due(long microseconds) => dues.Writer.TryWrite(microseconds);

    /// <summary>Lets <see cref="RunAsync"/> return once the queue is empty.</summary>
    public void Finish() => dues.Writer.TryComplete();

    /// <summary>Call it for each echo or refusal, from any thread.</summary>
    public void Answered() => window.Release();

    public void Dispose() => window.Dispose();

    /// <summary>Returns when finished or stopped, or when the connection ends.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        try
        {
            while (await dues.Reader.WaitToReadAsync(stop))
            {
                Compose();
                if (buffer.WrittenCount == 0)
                {
                    await window.WaitAsync(stop);
                    window.Release();
                }
                await stream.WriteAsync(buffer.WrittenMemory, cancellation);
                buffer.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Stopped, or the connection has ended; the receiving side counts that.
        }
    }

    private void Compose()
    {
        while (buffer.WrittenCount < WriteBytes && window.Wait(0))
        {
            if (!dues.Reader.TryRead(out var due))
            {
                window.Release();
                return;
            }
            var counter = Sent + 1;
            Volatile.Write(ref sent, counter);
            var text = payload.TextOf(new MessageMark(user, counter, due));
            FrameWriter.Write(buffer, new ClientFrame.Message(text, plan.RoomOf(user)) { Id = $"{counter}" });
        }
    }
}
