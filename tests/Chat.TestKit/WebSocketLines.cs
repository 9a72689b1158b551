using System.Net.WebSockets;

namespace Chat.TestKit;

/// <summary>The text messages of a WebSocket as lines: what is read ends each with an LF, and each line written is a message.</summary>
internal sealed class WebSocketLines(WebSocket socket) : Stream
{
    private bool isMessageOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <returns>0 after a Close frame.</returns>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!isMessageOver)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                if (received.MessageType is WebSocketMessageType.Close) return await AnswerCloseAsync(cancellationToken);
                if (received.MessageType is not WebSocketMessageType.Text) throw new IOException("The daemon sent a binary message.");
                isMessageOver = received.EndOfMessage;
                if (received.Count > 0) return received.Count;
            }
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
        isMessageOver = false;
        buffer.Span[0] = (byte)'\n';
        return 1;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                var end = buffer.Span.IndexOf((byte)'\n');
                if (end < 0) throw new NotSupportedException("Over a WebSocket, only whole lines are sent.");
                await socket.SendAsync(buffer[..end], WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                buffer = buffer[(end + 1)..];
            }
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> AnswerCloseAsync(CancellationToken cancellation)
    {
        await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, cancellation);
        return 0;
    }
}
