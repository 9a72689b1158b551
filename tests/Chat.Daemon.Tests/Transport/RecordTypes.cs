namespace Chat.Daemon.Tests.Transport;

/// <summary>Passes bytes on, and takes note of the types of the TLS records that are read.</summary>
internal sealed class RecordTypes(Stream inner) : Stream
{
    private readonly List<byte> head = [];
    private int left;

    /// <summary>The type of the last record begun.</summary>
    public byte Last { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        foreach (var b in buffer[..count].ToArray()) Note(b);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Five bytes are a head: type, version, length.</summary>
    private void Note(byte b)
    {
        if (left > 0)
        {
            left--;
            return;
        }
        head.Add(b);
        if (head.Count < 5) return;
        (Last, left) = (head[0], (head[3] << 8) + head[4]);
        head.Clear();
    }
}
