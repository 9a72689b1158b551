namespace Chat.Daemon.Transport;

/// <summary>
/// Complete lines in a buffer that many outboxes share, or bytes of the transport for one of them. The buffer never changes.
/// </summary>
internal readonly record struct Piece(byte[] Buffer, int Offset, int Length)
{
    public Piece(byte[] buffer) : this(buffer, 0, buffer.Length)
    {
    }

    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Offset, Length);
}
