namespace Chat.Daemon.Tests.Transport;

/// <summary>A stream over another one that notes the type of each TLS record it reads.</summary>
internal sealed class TlsRecordTypes(Stream inner) : Stream
{
    private readonly List<byte> header = [];
    private int left;

    /// <summary>The type of the latest record, known once its header is read.</summary>
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

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

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

    /// <summary>A record begins with a header of five bytes: type (1), version (2), length (2).</summary>
    private void Note(byte b)
    {
        if (left > 0)
        {
            left--;
            return;
        }
        header.Add(b);
        if (header.Count < 5) return;
        (Last, left) = (header[0], (header[3] << 8) + header[4]);
        header.Clear();
    }
}
