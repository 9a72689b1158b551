using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>One user's sending side: what is due is written in order, as long as not too much waits for its echo.</summary>
internal sealed class Outgoing(WorkPlan plan, int user, Payload payload, Stream stream) : IDisposable
{
    private const int WriteBytes = 16_384;

    private readonly Channel<long> dues = Channel.CreateUnbounded<long>();

    /// <summary>The protocol allows no more messages without an echo in a conversation.</summary>
    private readonly SemaphoreSlim window = new(ProtocolLimits.RememberedIds);
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private int sent;

    /// <summary>The number of the last message.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>Due, and not written.</summary>
    public int Waiting => dues.Reader.Count;

    /// <summary>A message is to be sent that was due at that time. Safe from any thread; after the end of sending it is dropped.</summary>
    public void Due(long microseconds) => dues.Writer.TryWrite(microseconds);

    /// <summary>Nothing more falls due: the rest is written, then it returns.</summary>
    public void Finish() => dues.Writer.TryComplete();

    /// <summary>An echo or a refusal has come. Safe from any thread.</summary>
    public void Answered() => window.Release();

    public void Dispose() => window.Dispose();

    /// <summary>Returns when it is finished or stopped, or the connection has ended.</summary>
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
            // Stopped; or the connection has ended, which the receiving side sees and counts.
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
            FrameWriter.Write(buffer, new ClientFrame.Message(payload.TextOf(new Mark(user, counter, due)), plan.RoomOf(user)) { Id = $"{counter}" });
        }
    }
}
