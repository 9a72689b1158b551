namespace Chat.Daemon.Transport;

/// <summary>Whole lines in a buffer that many outboxes share; nobody writes to it any more.</summary>
internal readonly record struct Piece(byte[] Buffer, int Offset, int Length)
{
    public Piece(byte[] buffer) : this(buffer, 0, buffer.Length)
    {
    }

    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Offset, Length);
}
