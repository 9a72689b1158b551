using System.Net.Security;

namespace Chat.LoadTest.Wire;

/// <summary>A link with TLS.</summary>
internal sealed class TlsLink(SslStream stream, ILinkOwner owner, MicrosecondClock clock) : Link(owner, clock)
{
    private const int BufferBytes = 4_096;

    private readonly byte[] buffer = new byte[BufferBytes];

    public override bool Write(ReadOnlySpan<byte> bytes)
    {
        var writing = WriteAsync(bytes.ToArray());
        if (writing.IsCompleted) return true;
        _ = TellWhenWrittenAsync(writing);
        return false;
    }

    public override void Cut() => stream.Dispose();

    protected override ValueTask CloseAsync() => stream.DisposeAsync();

    protected override async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                await WhenReading();
                var count = await stream.ReadAsync(buffer);
                if (count == 0 || !Feed(buffer.AsSpan(0, count))) break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A reset ends the connection like any other end.
        }
        Release();
        Owner.Closed();
    }

    private async Task TellWhenWrittenAsync(Task writing)
    {
        await writing;
        Owner.Written(this);
    }

    private async Task WriteAsync(byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reading side tells the owner.
        }
    }
}
